using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>
/// A sum over axes, times a constant, of a tensor or of a term in it: bias gradients (over the batch and the pixels), global means, squares of
/// what elements differ from their mean.
/// </summary>
internal sealed class Reduce(string layer, Access output, Access input, double scale) : Operation(layer, output.Value)
{
    /// <summary>The variable of the term that stands for the source.</summary>
    public const string Summed = "x";

    public Access Target { get; } = output;

    public Access Source { get; } = input;

    public double Scale { get; } = scale;

    /// <summary>What is summed.</summary>
    public Expression Term { get; init; } = Functions.Variable(Summed);

    /// <summary>
    /// What the term reads beside the source, whose dimensions they follow; what has one element for each group that a dimension is cut into follows
    /// these.
    /// </summary>
    public IReadOnlyList<MapOperand> Operands { get; init; } = [];

    public override IEnumerable<Value> Inputs => Operands.Select(operand => operand.Value).Prepend(Source.Value);

    public override Operation Reading(Func<Value, Value> replace) => new Reduce(Layer, Target, Source.Reading(replace), Scale)
    {
        Term = Term,
        Operands = [.. Operands.Select(operand => operand with { Value = replace(operand.Value) })],
    };

    /// <summary>The same sum, written into another tensor of the same shape.</summary>
    public Reduce Writing(Value target) => new(Layer, Target with { Value = target }, Source, Scale) { Term = Term, Operands = Operands };
}
