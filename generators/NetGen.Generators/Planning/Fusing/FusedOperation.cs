using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Fusing;

/// <summary>
/// A product, sum or map together with the cheap maps behind it, which become its epilogue: they are applied to the sums
/// while these are still in registers.
/// </summary>
internal sealed class FusedOperation(Operation head)
{
    /// <summary>The operation that runs over axes: a contraction, a reduction, or the first map.</summary>
    public Operation Head { get; } = head;

    /// <summary>The bias that the sums start from, if the first map was one.</summary>
    public MapOperand? Start { get; private set; }

    /// <summary>What the epilogue reads besides the sum.</summary>
    public List<MapOperand> Reads { get; } = [];

    /// <summary>The expression of every tensor the epilogue computes, in the sum and the reads.</summary>
    public Dictionary<Value, Expression> Computed { get; } = [];

    /// <summary>
    /// The sums of one pass, each over all that its steps go through, where they are several or go along with a map; empty for the sum that a head is.
    /// </summary>
    public List<PassSum> Sums { get; } = [];

    /// <summary>The shape of what such sums go through; null where there are none.</summary>
    public Shape? Steps { get; set; }

    /// <summary>Whether there are such sums, so that all that is read is among <see cref="Reads"/>.</summary>
    public bool IsPass => Steps is not null;

    /// <summary>The tensors among these that somebody else reads, in the order they are computed.</summary>
    public List<Value> Results { get; } = [];

    // How many operands were told apart by a name of their own.
    private int _others;

    // What a product's own operands are called.
    private static readonly string[] s_factorNames = ["x", "xRight", "w", "wt", "b", "dy", "dyRight"];

    private const int MostTranscendentals = 6;

    // What loops count by.
    private static readonly string[] s_axisNames =
        ["s", "n", "k", "g", "o", "c", "i", "j", "t", "u", "v", "h", "row", "column", "from", "to", "count", "first", "last"];

    /// <summary>
    /// Whether a map can join: it continues from here, and everything else it reads is there before. Of what belongs to no sample only what has the
    /// same shape: a weight of one input is as long as the scales of its outputs, but lies in panels.
    /// </summary>
    public bool CanAbsorb(Map map) =>
        !IsPass &&
        map.Operands.Any(operand => Computed.ContainsKey(operand.Value)) &&
        map.Operands.All(operand => Computed.ContainsKey(operand.Value) ? IsPointwise(operand, map) : IsReadable(operand, map)) &&
        map.Output.IsPerSample == Head.Output.IsPerSample &&
        ((Head is not TileTransform && map.Output.IsPerSample) || map.Output.Shape.Equals(Head.Output.Shape)) &&
        (Head is Map || map.Operands.Count > 0 && ExpressionCost.IsCheap(map.Body) && (HasWholePanels(map.Output) || IsZeroAtZero(map))) &&
        PartsWith(map) <= Expression.MostParts;

    // Behind the last output of a product's last panel zeros must stand: what would make something else of them is a pass of its own.
    private static bool HasWholePanels(Value output)
    {
        int lanes = output.Shape.Rank == 0 ? 1 : output.Shape[output.Shape.IsImage ? 0 : output.Shape.Rank - 1], width = Panels.WidthFor(lanes);
        return lanes <= width || lanes % width == 0;
    }

    private static bool IsZeroAtZero(Map map) =>
        Evaluator.Evaluate(map.Body, map.Operands.ToDictionary(operand => operand.Variable, _ => 0.0)) == 0;

    /// <summary>
    /// Whether a map that reads nothing of what is computed here can be computed beside it, in the same pass: the slope of an activation, the
    /// gates of a recurrent layer. Of many exponentials in one body the JIT would not inline all.
    /// </summary>
    /// <param name="map">The map.</param>
    /// <param name="isInStep">
    /// Whether both are of a single step, whose tensors are plain vectors. Others may be views that are cut in different ways, unless they
    /// have something in common that they read.
    /// </param>
    public bool CanJoin(Map map, bool isInStep) =>
        !IsPass && (isInStep || map.Operands.Any(operand => Reads.Any(read => read.Value == operand.Value))) &&
        Head is Map && map.Operands.Count > 0 && map.Output.IsPerSample == Head.Output.IsPerSample && map.Output.Shape.Equals(Head.Output.Shape) &&
        map.Operands.All(operand => !Computed.ContainsKey(operand.Value) && IsReadable(operand, map)) &&
        ExpressionCost.TranscendentalsIn(Computed.Values.Append(map.Body)) <= MostTranscendentals;

    public void Absorb(Map map)
    {
        Value first = map.Operands[0].Value;
        if (map.IsBias() && Computed[first] == Functions.Variable(Kernel.Sum) && Start is null)
        {
            Start = map.Operands[1];
            Computed[map.Output] = Computed[first];
            return;
        }

        var bindings = map.Operands.ToDictionary(
            operand => operand.Variable,
            operand => Computed.TryGetValue(operand.Value, out Expression? computed) ? computed : Read(operand));
        Computed[map.Output] = Simplifier.Simplify(map.Body.Substitute(bindings));
    }

    private double PartsWith(Map map)
    {
        Dictionary<string, double> parts = map.Operands.ToDictionary(
            operand => operand.Variable, operand => Computed.TryGetValue(operand.Value, out Expression? computed) ? computed.Parts() : 1);
        return map.Body.Parts(variable => parts[variable]);
    }

    /// <summary>The variable that stands for a tensor the epilogue reads; a tensor is read once.</summary>
    public Expression Read(MapOperand operand)
    {
        MapOperand? known = Reads.FirstOrDefault(read =>
            read.Value == operand.Value && read.Dimensions.SequenceEqual(operand.Dimensions));
        if (known is null)
        {
            // Without digits, which are for the copies of an operand in unrolled loops; and told apart in front, because the axes that an operand is
            // followed along are added behind: otherC is other along c.
            string name = operand.Variable;
            for (; !IsFree(name); _others++)
                name = _others == 0 ? "other" : $"{Letters(_others)}Other";
            Reads.Add(known = operand with { Variable = name });
        }

        return Functions.Variable(known.Variable);
    }

    /// <summary>b to z, then aa, ab and so on.</summary>
    private static string Letters(int number) => (number < 26 ? "" : Letters(number / 26 - 1)) + (char)('a' + number % 26);

    private bool IsFree(string name) => name != Kernel.Sum && !s_axisNames.Contains(name) &&
        !(Head is not Map && !IsPass && s_factorNames.Concat(NamesOfTerms).Any(other => AreAlike(name, other))) &&
        Reads.All(read => !AreAlike(name, read.Variable));

    private IEnumerable<string> NamesOfTerms => Head is Reduce reduce ? reduce.Operands.Select(operand => operand.Variable) : [];

    // An operand that is followed along an axis has the axis behind its name: x along c is xC.
    private static bool AreAlike(string name, string other) => name == other || IsAlong(name, other) || IsAlong(other, name);

    private static bool IsAlong(string name, string operand) => name.Length > operand.Length && name.StartsWith(operand, StringComparison.Ordinal) &&
        s_axisNames.Contains(char.ToLowerInvariant(name[operand.Length]) + name.Substring(operand.Length + 1));

    private static bool IsPointwise(MapOperand operand, Map map) => operand.Value.Shape.Length == map.Output.Shape.Length;

    // Behind a flattening the shapes differ and only whole tensors can be followed, not one of their dimensions.
    private bool IsReadable(MapOperand operand, Map map) =>
        map.Output.Shape.Rank == Head.Output.Shape.Rank || operand.Value.Shape.Equals(map.Output.Shape);
}

internal static class MapPatterns
{
    /// <summary>Whether a map adds one number per channel.</summary>
    public static bool IsBias(this Map map) =>
        map.Operands.Count == 2 && map.Operands[1].Value.Kind is ValueKind.Parameter or ValueKind.Derived && map.Operands[1].Dimensions.Count == 1 &&
        map.Body.Equals(Functions.Variable(map.Operands[0].Variable) + Functions.Variable(map.Operands[1].Variable));
}

/// <summary>What an expression costs where it is repeated for every register of a tile.</summary>
internal static class ExpressionCost
{
    /// <summary>
    /// Whether it contains only arithmetic and selections. An exponential inlined into each of two dozen accumulators
    /// would swell the kernel past what the JIT still inlines, so such maps run as a pass of their own over what is
    /// still in the cache.
    /// </summary>
    public static bool IsCheap(Expression expression) =>
        TranscendentalsIn(expression) == 0;

    /// <summary>The exponentials, logarithms and the like that it takes, each counted once however often it is used.</summary>
    public static int TranscendentalsIn(params IEnumerable<Expression> expressions)
    {
        var seen = new HashSet<Expression>();
        int found = 0;
        void Visit(Expression expression)
        {
            if (!seen.Add(expression))
                return;
            if (expression is Exp or Expm1 or Log or Log1p or Tanh or Sigmoid or Gate or Erf or NormalCdf)
                found++;
            foreach (Expression operand in expression.Operands)
                Visit(operand);
        }

        foreach (Expression expression in expressions)
            Visit(expression);
        return found;
    }
}
