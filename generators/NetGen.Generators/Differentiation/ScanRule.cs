using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using Index = NetGen.Generators.Graph.Index;

namespace NetGen.Generators.Differentiation;

/// <summary>
/// The rule of a scan: a scan in the other direction, whose body is the gradient of the body. What a step needs of forward is kept
/// for all steps; what a step read of the one before it takes its gradient there, unless a window of truncation begins between them; and sums over
/// all steps, as the gradients of parameters are, are taken at once behind the loop, where they are products like any other.
/// </summary>
internal sealed class ScanRule
{
    private readonly Scan _scan;
    private readonly Differentiator _outer;
    private readonly Differentiator _body;
    private readonly List<StepTensor> _kept = [];
    private readonly List<StepTensor> _tensors = [];
    private readonly List<(Value Of, Value Whole)> _rows = [];

    private ScanRule(Scan scan, Differentiator outer)
    {
        _scan = scan;
        _outer = outer;
        _body = new Differentiator(scan.IsOfStep);
    }

    /// <summary>Adds the scan backward and what follows it; returns the scan forward with what backward needs.</summary>
    public static Scan Backward(Scan scan, Differentiator outer) => new ScanRule(scan, outer).Run();

    private Scan Run()
    {
        var rules = new Stack<(Operation Operation, Action<Value> Rule)>();
        foreach (Operation operation in _scan.Body)
            rules.Push((operation, _body.Forward(operation)));

        Enter();
        foreach ((Operation operation, Action<Value> rule) in rules)
        {
            if (_body.GradientSoFar(operation.Output) is { } gradient)
                rule(gradient);
        }

        List<(StepTensor Row, Value Gradient)> starts = Leave();
        IEnumerable<Value> results = _tensors.Select(tensor => tensor.Step)
            .Concat(_body.Escaped.SelectMany(share => share.Operation?.Inputs ?? [share.Share]));
        List<Operation> body = MapInlining.Apply(_body.BackwardOperations, results);
        HashSet<Value> needed = Differentiator.NeededFor(results, body);
        body = [.. Recomputed(body.Where(operation => needed.Contains(operation.Output)))];

        var sums = new List<(Value Of, Operation Sum)>();
        foreach ((Value of, Operation? operation, Value share) in _body.Escaped)
            sums.AddRange(OverTime(of, operation, share, body).Select(sum => (of, sum)));
        _outer.Prepare(new Scan(_scan.Layer, _scan.Steps, !_scan.IsReversed, body, _tensors) { Window = _scan.Truncation, Length = _scan.Length });
        foreach ((Value of, Value whole) in _rows)
            _outer.Flow(_scan.Layer, of, whole);
        foreach ((StepTensor row, Value gradient) in starts)
            _outer.Flow(row.Start!, Row(Differentiator.GradientOf(row.Start!), gradient, row.Shift < 0 ? 0 : _scan.Steps - 1));
        foreach ((Value of, Operation sum) in sums)
            _outer.Flow(of, sum);
        return _scan.With(_body.ForwardOperations, _kept);
    }

    /// <summary>The gradients that reach a step: from those who read its rows, and from the step that was done behind it.</summary>
    private void Enter()
    {
        foreach (StepTensor written in _scan.Written.ToArray())
        {
            if (_outer.GradientSoFar(written.Whole) is { } whole)
            {
                Value row = Differentiator.GradientOf(written.Step);
                _tensors.Add(new StepTensor(row, whole));
                _body.Flow(_scan.Layer, written.Step, row);
            }

            foreach (StepTensor read in CarriedOf(written))
            {
                Value carry = Value.GradientOf(read.Whole, $"{Differentiator.GradientOf(written.Step).Name}Carry");
                Value row = Value.GradientOf(written.Step, $"{carry.Name}Next");
                _tensors.Add(new StepTensor(row, carry, -read.Shift));
                _body.Flow(_scan.Layer, written.Step, row);
            }
        }
    }

    private IEnumerable<StepTensor> CarriedOf(StepTensor written) => _scan.Carried.Where(read =>
        read.Whole == written.Whole && _scan.Body.Any(operation => operation.Inputs.Contains(read.Step)));

    /// <summary>The gradients that leave a step: by the rows that it read. Returns those by what stands before the first step.</summary>
    private List<(StepTensor Row, Value Gradient)> Leave()
    {
        var starts = new List<(StepTensor Row, Value Gradient)>();
        foreach (StepTensor read in _scan.Tensors.Except(_scan.Written).ToArray())
        {
            bool isCarried = _scan.Carried.Contains(read);
            Value? carry = _tensors.FirstOrDefault(tensor => isCarried && tensor.Shift != 0 && tensor.Whole.Primal == read.Whole)?.Whole;
            if (_body.GradientSoFar(read.Step) is not { } gradient)
            {
                if (carry is not null)
                    throw new NotSupportedException($"{read.Step.Name} is carried from step to step, but has no gradient.");
                continue;
            }

            Value whole = carry ?? Differentiator.GradientOf(read.Whole);
            _tensors.Add(new StepTensor(OwnRow(gradient), whole));
            if (!isCarried)
                _rows.Add((read.Whole, whole));
            else if (read.Start is { } start && Differentiator.HasGradient(start))
                starts.Add((read, whole));
        }

        return starts;
    }

    // A gradient that is a row already, or is read as one, gets a row of its own.
    private Value OwnRow(Value gradient)
    {
        if (_body.BackwardOperations.Any(operation => operation.Output == gradient) && _tensors.All(tensor => tensor.Step != gradient))
            return gradient;
        Value copy = gradient.Sibling($"{gradient.Name}Row", gradient.Shape);
        _body.Prepare(new Relayout(_scan.Layer, copy, gradient));
        return copy;
    }

    /// <summary>
    /// The body with what it needs of forward: rows that were there, copies that cost nothing and are made again, and whatever else
    /// forward computed, which is kept for all steps.
    /// </summary>
    private List<Operation> Recomputed(IEnumerable<Operation> operations)
    {
        var body = operations.ToList();
        for (int i = 0; i < body.Count; i++)
        {
            foreach (Value read in body[i].Inputs.Where(input => IsOfForward(input) && body.All(operation => operation.Output != input)).ToArray())
            {
                if (Producer(read) is Move or Reshape && _scan.Tensors.All(tensor => tensor.Step != read))
                {
                    body.Insert(0, Producer(read)!);
                    i = -1;
                    break;
                }

                RowOf(read, body);
            }
        }

        return body;
    }

    private bool IsOfForward(Value value) => _scan.IsOfStep(value) || Producer(value) is not null;

    private Operation? Producer(Value value) => _body.ForwardOperations.FirstOrDefault(operation => operation.Output == value);

    /// <summary>The rows of a tensor of a step, of forward or of backward, kept from now on where they were not.</summary>
    private StepTensor RowOf(Value step, IReadOnlyList<Operation> backward)
    {
        if (_tensors.FirstOrDefault(tensor => tensor.Step == step) is { } known)
            return known;
        StepTensor? row = _scan.Tensors.Concat(_kept).FirstOrDefault(tensor => tensor.Step == step);
        if (row is null)
        {
            row = new StepTensor(step, step.Sibling($"{step.Name}All", step.Shape.Over(_scan.Steps)));
            if (backward.All(operation => operation.Output != step))
                _kept.Add(row);
        }

        _tensors.Add(row with { Start = null });
        return row;
    }

    /// <summary>A share that each step has of a gradient, summed over all steps.</summary>
    private IEnumerable<Operation> OverTime(Value of, Operation? share, Value value, List<Operation> backward) => share switch
    {
        Contract product => ProductOverTime(of, product, backward),
        Reduce sum => [SumOverTime(sum.Target, sum.Source, sum.Scale, backward)],
        _ => [SumOfShares(of, share, value, backward)],
    };

    private IEnumerable<Operation> ProductOverTime(Value of, Contract product, List<Operation> backward)
    {
        Dictionary<Value, StepTensor> rows = product.Inputs
            .Distinct()
            .Where(input => IsOfStep(input, backward))
            .ToDictionary(input => input, input => RowOf(input, backward));
        int first = Math.Max(0, -rows.Values.Min(row => row.Shift));
        int last = _scan.Steps - 1 - Math.Max(0, rows.Values.Max(row => row.Shift));
        if (last >= first)
        {
            var time = new Axis("t", last - first + 1);
            yield return new Contract(product.Layer, product.Target, At(product.Left, AllSteps), At(product.Right, AllSteps));

            Access AllSteps(StepTensor row, IReadOnlyList<Index> indices) => new(row.Whole, [Index.Sum(first + row.Shift, (time, 1)), .. indices]);
        }

        // Where a shifted row would lie outside, stands what was there before the first step.
        foreach (Value shifted in rows.Keys)
        {
            if (StartOf(shifted) is not { } start)
                continue;
            int edge = rows[shifted].Shift < 0 ? 0 : _scan.Steps - 1;
            Access target = product.Target with { Value = Differentiator.GradientOf(of) };
            yield return new Contract(product.Layer, target, At(product.Left, AtEdge), At(product.Right, AtEdge));

            Access AtEdge(StepTensor row, IReadOnlyList<Index> indices) =>
                row.Step == shifted ? new Access(start, indices) : new Access(row.Whole, [Index.Sum(edge), .. indices]);
        }

        Access At(Access access, Func<StepTensor, IReadOnlyList<Index>, Access> place) =>
            rows.TryGetValue(access.Value, out StepTensor? row) ? place(row, access.Indices) : access;
    }

    private Reduce SumOverTime(Access target, Access source, double scale, List<Operation> backward)
    {
        var time = new Axis("t", _scan.Steps);
        Value whole = RowOf(source.Value, backward).Whole;
        return new Reduce(_scan.Layer, target, new Access(whole, [Index.Of(time), .. source.Indices]), scale);
    }

    /// <summary>Any other share is computed step by step, kept for all steps, and summed then.</summary>
    private Reduce SumOfShares(Value of, Operation? share, Value value, List<Operation> backward)
    {
        if (share is not null)
        {
            foreach (Value read in share.Inputs.Where(IsOfForward))
                RowOf(read, backward);
            backward.Add(share);
        }

        Index[] indices = [.. Axis.Along(value.Shape).Select(Index.Of)];
        return SumOverTime(new Access(Differentiator.GradientOf(of), indices), new Access(value, indices), 1, backward);
    }

    private Value? StartOf(Value step) => _scan.Carried.FirstOrDefault(carried => carried.Step == step)?.Start;

    private bool IsOfStep(Value value, IReadOnlyList<Operation> backward) =>
        IsOfForward(value) || _tensors.Any(tensor => tensor.Step == value) || backward.Any(operation => operation.Output == value);

    private Move Row(Value target, Value whole, int row)
    {
        Index[] indices = [.. Axis.Along(target.Shape).Select(Index.Of)];
        return new Move(_scan.Layer, target, [new MovePiece(indices, new Access(whole, [Index.Sum(row), .. indices]))]);
    }
}
