using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>
/// Writes the prediction of a tiny network as one method: each layer is a loop over its vectors, of which there is often a
/// single one, and sums in a straight line; activations pass through a few floats of stack into the lanes of the next layer.
/// </summary>
internal sealed class StraightLineEmitter
{
    public const string Parameters = "ref float outputs, ref float inputs, ref float parameters";

    public const string Arguments = "ref outputs, ref inputs, ref parameters";

    private const int FewestLanes = 4;

    private readonly SourceWriter _writer;

    private StraightLineEmitter(SourceWriter writer) => _writer = writer;

    public static void WriteBody(SourceWriter writer, ScheduledStraightLine plan) => new StraightLineEmitter(writer).Write(plan);

    /// <summary>The activations of two layers, which take turns.</summary>
    public static void WriteHidden(SourceWriter writer, ScheduledStraightLine plan)
    {
        writer.Line("// The activations of two layers on their way into the lanes of the next, and a line of the cache to begin at one.");
        writer.Line($"[InlineArray({2 * plan.HiddenLength + Layout.Lanes})]");
        using (writer.Open("private struct Hidden"))
            writer.Line("private float _first;");
    }

    private void Write(ScheduledStraightLine plan)
    {
        if (plan.Layers.Count > 1)
        {
            _writer.Line("Unsafe.SkipInit(out Hidden buffer);");
            _writer.Line("ref float hidden0 = ref CacheLine.StartIn(ref Unsafe.As<Hidden, float>(ref buffer));");
            if (plan.Layers.Count > 2)
                _writer.Line($"ref float hidden1 = ref Unsafe.Add(ref hidden0, {plan.HiddenLength});");
        }

        string source = "inputs";
        for (int l = 0; l < plan.Layers.Count; l++)
        {
            bool isLast = l == plan.Layers.Count - 1;
            string target = isLast ? "outputs" : $"hidden{l % 2}";
            _writer.Line();
            WriteLayer(plan.Layers[l], source, target, isLast);
            source = target;
        }
    }

    private void WriteLayer(StraightLayer layer, string source, string target, bool isLast)
    {
        _writer.Line($"// {layer.Name}: {layer.Inputs} to {layer.Outputs}.");
        // Vectors have four lanes at least: a layer of so many outputs is one vector.
        bool isLoop = layer.Outputs > FewestLanes;
        VectorDialect dialect = isLoop ? VectorDialect.Any : VectorDialect.Four;
        using (isLoop ? _writer.Open($"for (nuint n = 0; n < {layer.Outputs}; n += (nuint)V.Count)") : _writer.Open())
        {
            string? counter = isLoop ? "n" : null;
            // A reference that stands at the loop's place leaves plain distances to whatever is read, which cost no instruction.
            string parameters = isLoop ? "w" : "parameters";
            if (isLoop)
                _writer.Line("ref float w = ref Unsafe.Add(ref parameters, n);");
            var names = new LocalNames(["n", "w", "a", "b", "c", "d"]);
            int chains = Chains(layer.Inputs);
            for (int k = 0; k < layer.Inputs; k++)
            {
                string sum = $"{(char)('a' + k % chains)}";
                string x = k == 0 ? source : $"Unsafe.Add(ref {source}, {k})";
                string w = dialect.Place(null, layer.Weight + k * layer.WeightStride, 0);
                string? start = k == 0 && layer.Bias is { } bias ? dialect.Load(parameters, dialect.Place(null, bias, 0)) : null;
                _writer.Line(k >= chains ? $"{sum} = {dialect.MultiplyAddBroadcast(x, parameters, w, sum)};"
                    : start is not null ? $"{dialect.Type} {sum} = {dialect.MultiplyAddBroadcast(x, parameters, w, start)};"
                    : $"{dialect.Type} {sum} = {dialect.Multiply(dialect.Broadcast(x), dialect.Load(parameters, w))};");
            }

            string value = chains switch { 1 => "a", 2 => "a + b", _ => "(a + b) + (c + d)" };
            foreach (StraightMap map in layer.Maps)
            {
                string z = map.Value is Variable || value == "a" ? value : $"({value})";
                if (map.Value.Occurrences(map.Variable) > 1)
                {
                    z = names.Unique("z0");
                    _writer.Line($"{dialect.Type} {z} = {value};");
                }

                EmittedCode code = new ExpressionEmitter(dialect, names).Emit(new Dictionary<string, string> { [map.Variable] = z }, map.Value);
                _writer.Lines(code.Statements);
                value = code.Values[0];
            }

            // Exactly the outputs: what stands behind them is the caller's.
            _writer.Line((isLast && layer.Outputs % Layout.Lanes != 0
                ? dialect.StoreBefore(value, target, counter ?? "0", $"{layer.Outputs}")
                : dialect.Store(value, target, counter ?? "0")) + ";");
        }
    }

    /// <summary>Partial sums in turn, to hide the latency of a multiply-add: the fewest of those that leave the shortest way.</summary>
    private static int Chains(int inputs) => inputs > 6 ? 4 : inputs > 3 ? 2 : 1;
}
