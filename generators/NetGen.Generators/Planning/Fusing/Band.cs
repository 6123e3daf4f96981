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

    private readonly Dictionary<Value, Value> _parts = [];
    private readonly Dictionary<Value, Value> _wholes = [];
    private readonly List<Operation> _run;

    private Band(List<Operation> run, int lines)
    {
        _run = run;
        Lines = lines;
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

    /// <summary>The image that the last layer writes.</summary>
    public Value Output => _run[_run.Count - 1].Output;

    /// <summary>The band of <see cref="Output"/>, which lies within it.</summary>
    public Value OutputPart => _parts[Output];

    /// <summary>The whole of what a band's tensor is a part of; null for other tensors.</summary>
    public Value? WholeOf(Value part) => _wholes.TryGetValue(part, out Value? whole) ? whole : null;

    /// <summary>Whether a unit of the program is replaced by the band.</summary>
    public bool Covers(ProgramUnit unit) => unit.Writes.Any(_parts.ContainsKey);

    /// <summary>The first run of layers that is worth it; null if there is none.</summary>
    public static Band? Find(IReadOnlyList<Operation> operations)
    {
        for (int start = 0; start < operations.Count; start++)
        {
            List<Operation> run = RunFrom(operations, start);
            if (run.OfType<Contract>().Count() > 1 && LinesFor(run) is { } lines)
                return new Band(run, lines);
        }

        return null;
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

    private static int? LinesFor(List<Operation> run)
    {
        var first = (Contract)run[0];
        long line = 4L * first.Left.Value.Shape.Length / first.Output.Shape[1];
        foreach (Contract contract in run.OfType<Contract>())
            line += 4L * contract.Output.Shape.Length / contract.Output.Shape[1];
        int extent = first.Output.Shape[1];
        if (line * extent <= CacheBytes)
            return null;
        int lines = Enumerable.Range(1, extent - 1).Where(count => extent % count == 0 && count * line <= CacheBytes / 2).DefaultIfEmpty(0).Max();
        return lines >= FewestLines ? lines : null;
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

        Axis whole = LineOf(contract);
        var lines = new Axis(whole.Name, Lines) { IsPart = true };
        Access left = contract.Left with { Value = PartOf(contract.Left.Value) };
        return new Contract(contract.Layer, Of(contract.Target with { Value = part }), Of(left), Of(contract.Right));

        Access Of(Access access) => access with { Indices = [.. access.Indices.Select(index => index.Replace(whole, lines))] };
    }

    private Value PartOf(Value value) => _parts.TryGetValue(value, out Value? part) ? part : value;

    private static Axis LineOf(Contract contract) => contract.Target.Indices[1].Terms[0].Axis;
}
