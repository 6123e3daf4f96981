using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>
/// Writes the prediction of one sample by a tiny network as one method without a loop: activations stay in registers from
/// the input to the output, and pass through a few floats of stack only to be spread over the lanes of the next layer.
/// </summary>
internal sealed class StraightLineEmitter
{
    // Beyond this many multiply-adds (of the narrowest vectors) loops are as fast and the method grows without a gain.
    private const int MostMultiplyAdds = 800;
    private const int WidestLayer = 32;

    // And beyond this many vectors of exponentials and the like (again of the narrowest) the JIT no longer inlines them.
    private const int MostTranscendentals = 8;

    private readonly SourceWriter _writer;
    private readonly VectorDialect _widest;
    private readonly MemoryMap _memory;
    private readonly LocalNames _names = new(["outputs", "inputs", "parameters", "hidden"]);
    private List<(string Name, VectorDialect Dialect, int Offset)> _values = [];
    private int _layer;

    private StraightLineEmitter(SourceWriter writer, VectorDialect widest, MemoryMap memory)
    {
        _writer = writer;
        _widest = widest;
        _memory = memory;
    }

    /// <summary>Whether a network is small and plain enough.</summary>
    public static bool Suits(InferencePlan plan)
    {
        if (plan.PerSample.Count > 0 || !plan.Block.All(step => step is KernelStep { Kernel: var kernel } && IsPlain(kernel)) || !IsChain(plan))
            return false;
        return plan.Block[0] is KernelStep { Kernel.Combine: Combine.SumOfProducts } &&
            plan.Block.Cast<KernelStep>().Sum(step => MultiplyAdds(step.Kernel)) <= MostMultiplyAdds &&
            plan.Block.Cast<KernelStep>().Sum(step => Transcendentals(step.Kernel)) <= MostTranscendentals;
    }

    public static string Write(string name, InferencePlan plan)
    {
        KernelStep[] steps = [.. plan.Block.Cast<KernelStep>()];
        var writer = new SourceWriter();
        const string Parameters = "ref float outputs, ref float inputs, ref float parameters";
        writer.Line("// One sample from input to output, without a loop and without leaving the registers for long.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Open($"internal static void {name}({Parameters})"))
        {
            writer.Line("if (Avx512F.IsSupported)");
            writer.Line($"    {name}512(ref outputs, ref inputs, ref parameters);");
            writer.Line("else if (Fma.IsSupported && Avx2.IsSupported)");
            writer.Line($"    {name}256(ref outputs, ref inputs, ref parameters);");
            writer.Line("else");
            writer.Line($"    {name}128(ref outputs, ref inputs, ref parameters);");
        }

        foreach (VectorDialect dialect in VectorDialect.All.Where(dialect => !dialect.IsScalar))
        {
            writer.Line();
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
            using (writer.Open($"private static void {name}{dialect.Width * 32}({Parameters})"))
                new StraightLineEmitter(writer, dialect, plan.Memory).WriteBody(steps);
        }

        writer.Line();
        writer.Line("// The activations of a layer on their way into the lanes of the next.");
        writer.Line($"[InlineArray({WidestLayer})]");
        using (writer.Open("private struct Hidden"))
            writer.Line("private float _first;");
        return writer.ToString();
    }

    /// <summary>Whether each step works on what the one before it leaves: no branches, and neither several inputs nor several outputs.</summary>
    private static bool IsChain(InferencePlan plan)
    {
        KernelStep[] steps = [.. plan.Block.Cast<KernelStep>()];
        // By where it lies: a view is another tensor in the same place.
        Dictionary<Value, Placement> places = plan.Memory.Placements;
        return steps.All(step => step.Offsets[1] == 0)
            && Enumerable.Range(1, steps.Length - 1).All(i => places[steps[i].Operands[1]] == places[steps[i - 1].Operands[0]]);
    }

    private static bool IsPlain(Kernel kernel)
    {
        KernelAxis[] inner = [.. kernel.Axes.Where(axis => !axis.IsDynamic)];
        int parallel = inner.Count(axis => !axis.IsReduced);
        bool isNarrow = parallel <= 1 && inner.Where(axis => !axis.IsReduced).All(axis => axis.Extent <= WidestLayer);
        return isNarrow && kernel.Results.Count == 1 && (kernel.Combine == Combine.SumOfProducts
            ? inner.Length == parallel + 1 && kernel.Reads.Count == 0 && kernel.Left!.Strides[ReducedAxis(kernel)] == 1 &&
              kernel.Right!.Strides[VectorAxis(kernel)] == 1
            : kernel.Combine == Combine.None && kernel.Reads.Count == 1);
    }

    private static int MultiplyAdds(Kernel kernel) => kernel.Combine != Combine.SumOfProducts
        ? 0
        : kernel.Axes[ReducedAxis(kernel)].Extent * ((kernel.Axes[VectorAxis(kernel)].Extent + 3) / 4);

    private static int Transcendentals(Kernel kernel) =>
        ExpressionCost.TranscendentalsIn(kernel.Results.Select(result => result.Value)) * ((kernel.Axes[VectorAxis(kernel)].Extent + 3) / 4);

    private static int ReducedAxis(Kernel kernel) => kernel.Axes.ToList().FindIndex(axis => axis.IsReduced);

    private static int VectorAxis(Kernel kernel) => kernel.Axes.ToList().FindIndex(axis => axis is { IsReduced: false, IsDynamic: false });

    private void WriteBody(KernelStep[] steps)
    {
        _writer.Line("Unsafe.SkipInit(out Hidden buffer);");
        _writer.Line("ref float hidden = ref Unsafe.As<Hidden, float>(ref buffer);");
        foreach (KernelStep step in steps)
        {
            if (step.Kernel.Combine == Combine.SumOfProducts)
                WriteProduct(step);
            else if (step != steps[steps.Length - 1])
                Apply(step.Kernel, step.Kernel.Reads[0].Name);
        }

        WriteOutput(steps[steps.Length - 1].Kernel.Axes[VectorAxis(steps[steps.Length - 1].Kernel)].Extent);
    }

    private void WriteProduct(KernelStep step)
    {
        Kernel kernel = step.Kernel;
        int outputs = kernel.Axes[VectorAxis(kernel)].Extent;
        int inputs = kernel.Axes[ReducedAxis(kernel)].Extent;
        int weightStride = kernel.Right!.Strides[ReducedAxis(kernel)];
        long weight = _memory.Placements[step.Operands[2]].Offset + step.Offsets[2];
        long bias = kernel.Start is null ? 0 : _memory.Placements[step.Operands[3]].Offset + step.Offsets[3];

        _writer.Line();
        _writer.Line($"// {step.Name}: {inputs} to {outputs}.");
        string source = "inputs";
        if (_values.Count > 0)
        {
            source = "hidden";
            foreach ((string name, VectorDialect dialect, int offset) in _values)
                _writer.Line(dialect.Store(name, "hidden", $"{offset}") + ";");
        }

        // Several partial sums in turn hide the latency of a multiply-add.
        (VectorDialect Dialect, int Offset)[] pieces = [.. Pieces(outputs)];
        int chains = Math.Min(inputs, Math.Max(1, 4 / pieces.Length));
        for (int k = 0; k < inputs; k++)
        {
            var spread = new Dictionary<VectorDialect, string>();
            foreach ((VectorDialect dialect, int offset) in pieces)
            {
                if (!spread.TryGetValue(dialect, out string? x))
                {
                    string element = dialect.Broadcast(k == 0 ? source : $"Unsafe.Add(ref {source}, {k})");
                    x = element;
                    if (pieces.Count(piece => piece.Dialect == dialect) > 1)
                    {
                        x = _names.Unique($"x{_layer}");
                        _writer.Line($"{dialect.Type} {x} = {element};");
                    }

                    spread[dialect] = x;
                }

                string sum = Sum(offset, k % chains);
                string w = dialect.Load("parameters", $"{weight + (long)k * weightStride + offset}");
                string start = k == 0 && kernel.Start is not null ? dialect.Load("parameters", $"{bias + offset}") : "";
                _writer.Line(k >= chains ? $"{sum} = {dialect.MultiplyAdd(x, w, sum)};"
                    : start.Length > 0 ? $"{dialect.Type} {sum} = {dialect.MultiplyAdd(x, w, start)};"
                    : $"{dialect.Type} {sum} = {dialect.Multiply(x, w)};");
            }
        }

        _values = [];
        foreach ((VectorDialect dialect, int offset) in pieces)
        {
            string[] sums = [.. Enumerable.Range(0, chains).Select(chain => Sum(offset, chain))];
            _values.Add((sums.Length == 4 ? $"(({sums[0]} + {sums[1]}) + ({sums[2]} + {sums[3]}))" : $"({string.Join(" + ", sums)})", dialect, offset));
        }

        Apply(kernel, Kernel.Sum);
        _layer++;
    }

    /// <summary>Applies a kernel's expression to the current values, which get names of their own.</summary>
    private void Apply(Kernel kernel, string variable)
    {
        for (int i = 0; i < _values.Count; i++)
        {
            (string value, VectorDialect dialect, int offset) = _values[i];
            string z = _names.Unique($"z{_layer}");
            _writer.Line($"{dialect.Type} {z} = {value.Trim()};");
            EmittedCode code = new ExpressionEmitter(dialect, _names).Emit(
                new Dictionary<string, string> { [variable] = z }, kernel.Results[0].Value);
            _writer.Lines(code.Statements);
            string y = z;
            if (code.Values[0] != z)
            {
                y = _names.Unique($"y{_layer}");
                _writer.Line($"{dialect.Type} {y} = {code.Values[0]};");
            }

            _values[i] = (y, dialect, offset);
        }
    }

    private void WriteOutput(int length)
    {
        _writer.Line();
        _writer.Line("// Exactly the outputs: what stands behind them is the caller's.");
        foreach ((string name, VectorDialect dialect, int offset) in _values)
            Store(name, dialect, offset, Math.Min(dialect.Width, length - offset));
    }

    private void Store(string value, VectorDialect dialect, int offset, int count)
    {
        if (count <= 0)
            return;
        if (count == dialect.Width)
        {
            _writer.Line(dialect.Store(value, "outputs", $"{offset}") + ";");
            return;
        }

        if (dialect.Width > 4)
        {
            VectorDialect half = VectorDialect.All.First(other => other.Width == dialect.Width / 2);
            Store($"{value}.GetLower()", half, offset, Math.Min(count, half.Width));
            Store($"{value}.GetUpper()", half, offset + half.Width, count - half.Width);
            return;
        }

        for (int lane = 0; lane < count; lane++)
        {
            string output = offset + lane == 0 ? "outputs" : $"Unsafe.Add(ref outputs, {offset + lane})";
            _writer.Line($"{output} = {value}.GetElement({lane});");
        }
    }

    /// <summary>The vectors that cover a layer's outputs: the widest, and a narrower one where that is enough for the rest.</summary>
    private IEnumerable<(VectorDialect Dialect, int Offset)> Pieces(int outputs)
    {
        for (int offset = 0; offset < outputs;)
        {
            int rest = outputs - offset;
            VectorDialect dialect = VectorDialect.All.Where(candidate => !candidate.IsScalar && candidate.Width <= _widest.Width)
                .LastOrDefault(candidate => candidate.Width >= rest) ?? _widest;
            yield return (dialect, offset);
            offset += dialect.Width;
        }
    }

    private string Sum(int offset, int chain) => $"sum{_layer}_{offset}{(char)('a' + chain)}";
}
