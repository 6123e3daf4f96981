using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning.Fusing;

/// <summary>
/// A run of layers on an image too large for the cache, done so many lines at a time: what one layer hands to the next is
/// then still near when the next one reads it. Every layer behind the first reads a line only for the same line.
/// </summary>
internal sealed class Band
{
    // The L2 cache of the processors this was measured on; half of it is left to weights and to what comes and goes.
    private const int CacheBytes = 1 << 20;
    private const int FewestLines = 4;

    // Weights of more channels lie in several panels, and channels do not take turns.
    private const int MostInTurns = 2 * Plans.Layout.Lanes;

    private readonly Dictionary<Value, Value> _parts = [];
    private readonly Dictionary<Value, Value> _wholes = [];
    private readonly List<Operation> _run;

    private Band(List<Operation> run, int lines, Relayout? copy)
    {
        _run = run;
        Lines = lines;
        if (copy is not null)
            Copied = CopyOf(copy);
        Operations = [.. run.Select(Rewrite)];
    }

    /// <summary>The lines of a band.</summary>
    public int Lines { get; }

    /// <summary>The lines of the whole image.</summary>
    public int Extent => Output.Shape[1];

    /// <summary>The operations on one band.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The image that the first layer reads.</summary>
    public Value Input => ((Contract)_run[0]).Left.Value;

    /// <summary>The lines by which the first layer moves in it for each line of its output.</summary>
    public int InputStep => ((Contract)_run[0]).Left.Indices[1].CoefficientOf(LineOf((Contract)_run[0]));

    /// <summary>The lines that the first layer reads of a copy of the caller's image, where nobody else does; null elsewhere.</summary>
    public CopiedLines? Copied { get; }

    /// <summary>The image that the last layer writes.</summary>
    public Value Output => _run[_run.Count - 1].Output;

    /// <summary>The band of <see cref="Output"/>, which lies within it.</summary>
    public Value OutputPart => _parts[Output];

    /// <summary>The whole of what a band's tensor is a part of; null for other tensors.</summary>
    public Value? WholeOf(Value part) => _wholes.TryGetValue(part, out Value? whole) ? whole : null;

    /// <summary>Whether a unit of the program is the copy that the band makes of its own lines.</summary>
    public bool Copies(ProgramUnit unit) => Copied is { } copied && unit.Alone == copied.Copy;

    /// <summary>Whether a unit of the program is replaced by the band.</summary>
    public bool Covers(ProgramUnit unit) => unit.Writes.Any(_parts.ContainsKey);

    /// <summary>The first run of layers that is worth it; null if there is none.</summary>
    /// <param name="operations">The operations, copies from and to callers' memory among them.</param>
    /// <param name="goesByLines">Whether a copy puts each line of the caller's image into one of its own.</param>
    public static Band? Find(IReadOnlyList<Operation> operations, Func<Relayout, bool> goesByLines)
    {
        for (int start = 0; start < operations.Count; start++)
        {
            List<Operation> run = RunFrom(operations, start);
            if (run.OfType<Contract>().Count() > 1 && CopyFor(run[0]) is var copy && LinesFor(run, copy is not null) is { } lines)
                return new Band(run, lines, copy);
        }

        return null;

        Relayout? CopyFor(Operation first) => operations.OfType<Relayout>().FirstOrDefault(copy => copy.Output == ((Contract)first).Left.Value
            && goesByLines(copy) && operations.Count(reader => reader.Inputs.Contains(copy.Output)) == 1);
    }

    private static List<Operation> RunFrom(IReadOnlyList<Operation> operations, int start)
    {
        var run = new List<Operation>();
        var computed = new HashSet<Value>();
        for (int i = start; i < operations.Count && Continues(operations[i]); i++)
        {
            run.Add(operations[i]);
            computed.Add(operations[i].Output);
        }

        // Nobody else may want what is never there as a whole.
        while (run.Count > 0 && run.Any(operation => operation != run[run.Count - 1] && IsReadOutside(operation)))
            run.RemoveAt(run.Count - 1);
        return run;

        bool IsReadOutside(Operation operation) =>
            operations.Any(reader => !run.Contains(reader) && reader.Inputs.Contains(operation.Output));

        bool Continues(Operation operation)
        {
            if (!operation.Output.Shape.IsImage || (run.Count > 0 && operation.Output.Shape[1] != run[0].Output.Shape[1]))
                return false;
            return operation switch
            {
                Contract { Right.Value.IsPerSample: false, Left.Value.Shape.IsImage: true } contract when contract.Target.Indices[1].IsPlain =>
                    run.Count == 0 || (computed.Contains(contract.Left.Value) && ReadsSameLine(contract)),
                Map map => run.Count > 0 && map.Inputs.All(input => !input.IsPerSample || computed.Contains(input)),
                _ => false,
            };
        }
    }

    private static bool ReadsSameLine(Contract contract)
    {
        Graph.Index read = contract.Left.Indices[1];
        return read.Offset == 0 && read.Terms.All(term => term.Axis.Extent == 1 || term is { Coefficient: 1 } && term.Axis == LineOf(contract));
    }

    private static int? LinesFor(List<Operation> run, bool copies)
    {
        Contract[] contracts = [.. run.OfType<Contract>()];
        int extent = contracts[0].Output.Shape[1];
        long read = 4L * contracts[0].Left.Value.Shape.Length, written = 4L * contracts[contracts.Length - 1].Output.Shape.Length;
        // What is read first comes by, and what is written last goes away: the cache has to hold what is handed on.
        long handedOn = contracts.Take(contracts.Length - 1).Sum(contract => 4L * contract.Output.Shape.Length);
        if (read + handedOn + written <= CacheBytes)
            return null;
        // Of copied lines it holds all channels, unless these take turns.
        if (copies && ChannelOf(contracts[0])?.Extent is not <= MostInTurns)
            handedOn += read;
        int most = (int)Math.Min(extent - 1, CacheBytes / 2L * extent / handedOn);
        if (most < FewestLines)
            return null;

        // Where no number of lines divides all of them, the last band reaches back, by as little as it can.
        int bands = (extent + most - 1) / most, columns = contracts[0].Output.Shape[2];
        int[] counts = [.. Enumerable.Range(FewestLines, most - FewestLines + 1).Where(count => extent % count == 0)];
        // Where bands are whole pages, what is read of one may lie as far behind the beginning of a page as what has just been written, and a processor
        // that compares no more of two addresses lets the read wait.
        return counts.Where(count => count * columns % Plans.Layout.Page != 0).DefaultIfEmpty(counts.DefaultIfEmpty((extent + bands - 1) / bands).Max()).Max();
    }

    private Operation Rewrite(Operation operation)
    {
        Shape shape = operation.Output.Shape;
        Value part = _parts[operation.Output] = operation.Output.Sibling(operation.Output.Name, new Shape(shape[0], Lines, shape[2]));
        _wholes[part] = operation.Output;
        if (operation is not Contract contract)
        {
            var map = (Map)operation;
            return new Map(map.Layer, part, map.Body, [.. map.Operands.Select(operand => operand with { Value = PartOf(operand.Value) })])
            {
                Activation = map.Activation,
            };
        }

        Access left = Copied is { } copied && contract == _run[0] ? copied.Read : contract.Left with { Value = PartOf(contract.Left.Value) };
        return new Contract(
            contract.Layer, OnLines(contract, contract.Target with { Value = part }), OnLines(contract, left), OnLines(contract, contract.Right));
    }

    private Access OnLines(Contract contract, Access access)
    {
        Axis whole = LineOf(contract);
        var lines = new Axis(whole.Name, Lines) { IsPart = true };
        return access with { Indices = [.. access.Indices.Select(index => index.Replace(whole, lines))] };
    }

    private CopiedLines CopyOf(Relayout copy)
    {
        var contract = (Contract)_run[0];
        Shape shape = copy.Output.Shape;
        Graph.Index[] indices = [.. contract.Left.Indices];
        (int first, int last) = OnLines(contract, contract.Left).Indices[1].Range;
        indices[1] = indices[1] with { Offset = indices[1].Offset - first };
        Value lines = copy.Output.Sibling(copy.Output.Name, new Shape(shape[0], last - first + 1, shape[2]));
        return new CopiedLines(copy, new Access(lines, indices), first, ChannelOf(contract));
    }

    private static Axis? ChannelOf(Contract contract) => contract.Left.Indices[0].Terms.Select(term => term.Axis).FirstOrDefault(axis =>
        axis.Extent > 1 && axis.Extent == contract.Left.Value.Shape[0] && axis.Extent == contract.Target.Value.Shape[0]
        && contract.Left.Indices[0].CoefficientOf(axis) == 1 && contract.Target.Indices[0].CoefficientOf(axis) == 1);

    private Value PartOf(Value value) => _parts.TryGetValue(value, out Value? part) ? part : value;

    private static Axis LineOf(Contract contract) => contract.Target.Indices[1].Terms[0].Axis;
}

/// <summary>Lines of a copy of the caller's image, which take turns in one place.</summary>
/// <param name="Copy">The copy of all lines that they replace.</param>
/// <param name="Read">How the first layer reads them.</param>
/// <param name="First">The first of them in the first band; negative above the image.</param>
/// <param name="Channel">The axis of its channels, where each of the first layer's reads one of them; null elsewhere.</param>
internal sealed record CopiedLines(Relayout Copy, Access Read, int First, Axis? Channel)
{
    /// <summary>Those that a band reads.</summary>
    public Value Lines => Read.Value;

    /// <summary>The caller's image.</summary>
    public Value Image => Copy.Source;
}
