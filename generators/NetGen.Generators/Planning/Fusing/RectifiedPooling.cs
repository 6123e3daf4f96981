using NetGen.Generators.Differentiation;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning.Fusing;

/// <summary>
/// A rectifier behind a maximum pooling is part of it: max(the largest, 0) takes no pass and no tensor of its own. Where the largest of a window is
/// not above zero no gradient comes back, so that the way back may look for the element that is as large as what became of it.
/// </summary>
internal sealed class RectifiedPooling
{
    private readonly Dictionary<Operation, Window> _rectified = [];
    private readonly Dictionary<Value, Value> _become = [];

    private RectifiedPooling(IReadOnlyCollection<Operation> operations, ICollection<Value> kept)
    {
        var uses = new Uses(operations);
        foreach (Window window in operations.OfType<Window>().Where(window => window.Kind == WindowKind.Max && !kept.Contains(window.Output)))
        {
            IReadOnlyList<Operation> readers = uses.ReadersOf(window.Output);
            if (readers.OfType<Map>().ToArray() is not [var map] || !IsRectifier(map, window.Output)
                || !readers.All(reader => reader == map || reader is WindowGradient gradient && gradient.Forward.Output == window.Output))
            {
                continue;
            }

            _rectified[map] = new Window(window.Layer, map.Output, window.Source, window.Kind, window.Geometry) { IsRectified = true };
            _become[window.Output] = map.Output;
        }
    }

    /// <param name="prediction">The operations of a prediction.</param>
    /// <param name="kept">The tensors that are wanted as they are.</param>
    public static IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> prediction, ICollection<Value> kept) =>
        new RectifiedPooling(prediction, kept).Rewrite(prediction);

    /// <param name="training">A training step.</param>
    public static TrainingGraph Rewrite(TrainingGraph training)
    {
        Value[] kept = [.. training.Points.Select(point => point.Point.Value), .. training.Judgements.Select(judgement => judgement.Judged)];
        var pooling = new RectifiedPooling(
            [.. training.Forward, .. training.Judgements, .. training.Backward, .. training.InputBackward], kept);
        return training with
        {
            Forward = pooling.Rewrite(training.Forward),
            Backward = pooling.Rewrite(training.Backward),
            InputBackward = pooling.Rewrite(training.InputBackward),
        };
    }

    private IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> operations) =>
        [.. operations.Where(operation => !_become.ContainsKey(operation.Output)).Select(Rewrite)];

    private Operation Rewrite(Operation operation) => _rectified.TryGetValue(operation, out Window? window)
        ? window
        : operation.Inputs.Any(_become.ContainsKey)
            ? operation.Reading(value => _become.TryGetValue(value, out Value? other) ? other : value)
            : operation;

    private static bool IsRectifier(Map map, Value largest) => map.Operands is [var operand] && map.Output.Shape.Equals(largest.Shape)
        && map.Body.Equals(Functions.Max(Functions.Variable(operand.Variable), Functions.Constant(0)));
}
