using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>
/// A body of operations, a graph like any other, that is done for every step of time, in order or from the last to the first. The
/// body's tensors are those of one step: rows of whole ones, or its own.
/// </summary>
/// <param name="layer">The layer it came from.</param>
/// <param name="steps">How many steps there are.</param>
/// <param name="isReversed">Whether the last step is done first.</param>
/// <param name="body">The operations of one step.</param>
/// <param name="tensors">The tensors of a step that are rows of whole ones, read or written.</param>
internal sealed class Scan(string layer, int steps, bool isReversed, IReadOnlyList<Operation> body, IReadOnlyList<StepTensor> tensors)
    : Operation(layer, tensors.First(tensor => body.Any(operation => operation.Output == tensor.Step)).Whole)
{
    private readonly HashSet<Value> _computed = [.. body.SelectMany(operation => operation.Outputs)];

    public int Steps { get; } = steps;

    public bool IsReversed { get; } = isReversed;

    /// <summary>
    /// How many steps there are in each of the windows, counted from the first step of time, out of which no gradient flows through what is carried;
    /// null where gradients flow through all steps.
    /// </summary>
    public int? Truncation { get; init; }

    /// <summary>
    /// The number of each sample's steps, behind which states pass by as they are, and gradients too; null where all samples have all.
    /// </summary>
    public Value? Length { get; init; }

    /// <summary>How many steps there are in each of the windows in which what is carried begins anew; null where it begins once.</summary>
    public int? Window { get; init; }

    public IReadOnlyList<Operation> Body { get; } = body;

    public IReadOnlyList<StepTensor> Tensors { get; } = tensors;

    /// <summary>The rows that the body writes.</summary>
    public IEnumerable<StepTensor> Written => Tensors.Where(tensor => _computed.Contains(tensor.Step));

    /// <summary>The rows that a step reads of what the step done before it wrote.</summary>
    public IEnumerable<StepTensor> Carried => Tensors.Where(tensor => tensor.Shift != 0 && Outputs.Contains(tensor.Whole));

    public override IReadOnlyList<Value> Outputs => [.. Written.Select(tensor => tensor.Whole)];

    public override IEnumerable<Value> Inputs => Tensors
        .Where(tensor => !Outputs.Contains(tensor.Whole))
        .Select(tensor => tensor.Whole)
        .Concat(Tensors.Select(tensor => tensor.Start).OfType<Value>())
        .Concat(Invariants)
        .Concat(Window is not null && Length is not null ? [Length] : [])
        .Distinct();

    /// <summary>What every step reads whole: parameters.</summary>
    public IEnumerable<Value> Invariants => Body.SelectMany(operation => operation.Inputs).Where(input => !IsOfStep(input)).Distinct();

    /// <summary>Whether a tensor is one of a single step.</summary>
    public bool IsOfStep(Value value) => _computed.Contains(value) || Tensors.Any(tensor => tensor.Step == value);

    /// <summary>The same scan with further rows, written by further operations.</summary>
    public Scan With(IReadOnlyList<Operation> operations, IEnumerable<StepTensor> further) =>
        new(Layer, Steps, IsReversed, operations, [.. Tensors, .. further]) { Truncation = Truncation, Length = Length, Window = Window };

    public override Operation Reading(Func<Value, Value> replace) => new Scan(
        Layer, Steps, IsReversed,
        [.. Body.Select(operation => operation.Reading(input => IsOfStep(input) ? input : replace(input)))],
        [.. Tensors.Select(tensor => tensor with
        {
            Whole = Outputs.Contains(tensor.Whole) ? tensor.Whole : replace(tensor.Whole),
            Start = tensor.Start is null ? null : replace(tensor.Start),
        })])
    {
        Truncation = Truncation,
        Length = Length is null ? null : replace(Length),
        Window = Window,
    };

    public override Operation In(Grade grade) => grade == Grade.Exact
        ? this
        : new Scan(Layer, Steps, IsReversed, [.. Body.Select(operation => operation.In(grade))], Tensors)
        {
            Truncation = Truncation, Window = Window,
        };
}

/// <summary>A tensor of one step: at step t, row t + shift of a whole one, whose first dimension is time.</summary>
/// <param name="Step">The tensor within the body.</param>
/// <param name="Whole">The tensor of all steps.</param>
/// <param name="Shift">0, or −1 for the row before, 1 for the row behind.</param>
/// <param name="Start">What stands before the first row or behind the last one, where a shift reaches there; null for zeros.</param>
internal sealed record StepTensor(Value Step, Value Whole, int Shift = 0, Value? Start = null)
{
    /// <summary>How many rows it is, one after the other, in a dimension of their own; null for a single row without one.</summary>
    public int? Rows { get; init; }
}
