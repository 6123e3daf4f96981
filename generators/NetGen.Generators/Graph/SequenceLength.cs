using NetGen.Generators.Collections;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>How many steps of a sequence each sample has: an input, from 1 to the steps that there are at most.</summary>
/// <param name="steps">The steps that there are at most.</param>
/// <param name="input">The number of each sample's.</param>
internal sealed class SequenceLength(int steps, Value input)
{
    private const string MaskName = "m";

    private Value? _within;
    private Value? _last;
    private Value? _total;

    /// <summary>The steps that there are at most.</summary>
    public int Steps { get; } = steps;

    /// <summary>The number of each sample's steps.</summary>
    public Value Input { get; } = input;

    /// <summary>What is done at a step within the length, and what at one behind it: x or y, by a mask of one number for each step.</summary>
    public static Expression Within(Expression within, Expression behind) => Functions.Select(Functions.Variable(MaskName) > 0, within, behind);

    /// <summary>The mask as an operand of a map over steps of features.</summary>
    public MapOperand Of(LayerContext layer) => MapOperand.Same(MaskName, Mask(layer));

    /// <summary>1 at each step within the length and 0 behind it, as a sequence of one feature.</summary>
    public Value Mask(LayerContext layer) => _within ??= New(layer, "within", Shape.Sequence(Steps, 1), LengthMaskKind.Within);

    /// <summary>A mask that is a step's part of the one of all steps, as an operand of a map within a scan.</summary>
    public static MapOperand OfStep(Value mask) => MapOperand.Same(MaskName, mask);

    /// <summary>The number of each sample's steps as an operand of a map, along one of its dimensions or everywhere the same.</summary>
    public MapOperand Along(string variable) => MapOperand.Along(variable, Input, 0);

    /// <summary>How many steps all samples of a batch have together.</summary>
    public Value Total(LayerContext layer)
    {
        if (_total is not null)
            return _total;
        _total = new Value($"steps{Input.Name.Capitalised()}", new Shape(1), ValueKind.BatchStatistic);
        layer.Add(
            new Reduce(layer.Name, new Access(_total, [Index.Sum(0)]), new Access(Input, [Index.Of(new Axis("c", 1))]), scale: 1),
            Programs.Training);
        return _total;
    }

    /// <summary>A sequence with another number behind the length.</summary>
    public Value Hold(LayerContext layer, string role, Value sequence, double behind) => Apply(layer, role, sequence, Of(layer), behind);

    /// <summary>A sequence whose steps are zero but for the last within the length.</summary>
    public Value HoldLast(LayerContext layer, string role, Value sequence) => Apply(
        layer, role, sequence, MapOperand.Same(MaskName, _last ??= New(layer, "atEnd", Shape.Sequence(Steps, 1), LengthMaskKind.Last)), 0);

    private static Value Apply(LayerContext layer, string role, Value sequence, MapOperand mask, double behind)
    {
        Value held = layer.NewValue(role, sequence.Shape);
        layer.Add(new Map(layer.Name, held, Within(Functions.Variable("x"), behind), [MapOperand.Same("x", sequence), mask]));
        return held;
    }

    private Value New(LayerContext layer, string role, Shape shape, LengthMaskKind kind)
    {
        var mask = new Value($"{role}{Input.Name.Capitalised()}", shape, ValueKind.Activation) { Type = new TensorType(shape, ElementType.Int32) };
        layer.Add(new LengthMask(layer.Name, mask, Input, kind));
        return mask;
    }
}
