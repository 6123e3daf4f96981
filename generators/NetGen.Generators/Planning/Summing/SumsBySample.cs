using NetGen.Generators.Differentiation;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning.Summing;

/// <summary>
/// A sum over the pixels or steps of all samples that leaves few numbers is taken sample by sample, right behind what it is a sum of, while
/// that is in the cache; the few numbers of the samples are added up when all are there. As a single sum it would read the whole batch again.
/// </summary>
internal sealed class SumsBySample
{
    // How much smaller its sum is than a sample: what the samples leave is written and read once, they would be read again.
    private const int LeastShare = 2;

    // What is read of a sample for a gradient from which a turn's share of it is worth a kernel that adds those up.
    private const int LeastOfTurn = 1024;

    private readonly List<Operation> _result = [];
    private readonly List<Reduce> _ofSamples = [];
    private readonly List<Operation> _waiting = [];
    private readonly List<Reduce> _ofAll = [];

    private readonly HashSet<Value> _scanned = [];
    private readonly int _few;

    /// <param name="few">How many samples go through layers together.</param>
    private SumsBySample(int few) => _few = few;

    public static TrainingGraph Rewrite(TrainingGraph training)
    {
        Value[] kept =
        [
            .. training.ParameterGradients.Values, .. training.InputGradients.Values,
            .. training.Points.SelectMany(point => new[] { point.Point.Value, point.Gradient }).OfType<Value>(),
            .. training.Judgements.Select(judgement => judgement.Judged), .. training.Elementwise.Select(judged => judged.Loss),
        ];
        IReadOnlyList<Operation> operations = TermsOfSums.Rewrite(
            [.. training.Forward, .. training.Judgements, .. training.Backward, .. training.InputBackward], kept);
        int few = SamplesAtATime.Fitting(operations.SelectMany(operation => operation.Outputs).Where(IsMade)
            .Select(value => value.Shape.Length).DefaultIfEmpty().Max());
        HashSet<Value> forward = [.. training.Forward.SelectMany(operation => operation.Outputs)];
        HashSet<Value> forInputs = [.. training.InputBackward.SelectMany(operation => operation.Outputs)];
        return training with
        {
            Forward = new SumsBySample(few).Rewrite(operations.Where(operation => forward.Contains(operation.Output))),
            Backward = new SumsBySample(few).Rewrite(operations.Where(operation =>
                operation is not Judgement && !forward.Contains(operation.Output) && !forInputs.Contains(operation.Output))),
            InputBackward = [.. operations.Where(operation => forInputs.Contains(operation.Output))],
        };
    }

    private List<Operation> Rewrite(IEnumerable<Operation> operations)
    {
        foreach (Operation operation in operations)
        {
            // Maps that follow one another are a single pass, which sums do not come into.
            if (operation is not Map { Output.IsPerSample: true }
                || operation.Inputs.Any(input => _ofAll.Any(sum => sum.Output == input) || _waiting.Any(sum => sum.Output == input)))
            {
                AddWaiting();
            }

            foreach (Reduce read in _ofAll.Where(sum => operation.Inputs.Contains(sum.Output)).ToArray())
                AddSum(read);
            if (operation is Scan scan)
                _scanned.UnionWith(scan.Outputs);
            if (AddOfTurn(operation) is { } ofTurn)
                Wait(operation, ofTurn);
            else if (IsCut(operation, out Access source, out Access target))
                Cut(operation, source, target);
            else if (operation is Reduce { Output.IsPerSample: true })
                _waiting.Add(operation);
            else
                _result.Add(operation);
        }

        AddWaiting();
        _result.AddRange(_ofAll);
        return _result;
    }

    private void AddWaiting()
    {
        _result.AddRange(_waiting);
        _waiting.Clear();
    }

    // Where it is first read, so that what is made of it is made in passing.
    private void AddSum(Reduce sum)
    {
        foreach (Reduce read in _ofAll.Where(other => sum.Inputs.Contains(other.Output)).ToArray())
            AddSum(read);
        _ofAll.Remove(sum);
        _result.Add(sum);
    }

    private static bool IsCut(Operation operation, out Access source, out Access target)
    {
        (target, source) = operation switch
        {
            Reduce { Source.IsWhole: true } reduce => (reduce.Target, reduce.Source),
            Contract { Left.IsWhole: true } product when IsOfEqualPlaces(product) => (product.Target, product.Left),
            _ => default,
        };
        return source is { Value: { IsPerSample: true, Shape: { HasPositions: true, Length: >= SamplesAtATime.LeastBeyondCache } shape } }
            && !target.Value.IsPerSample && target.Value.Shape.Length * LeastShare <= shape.Length;
    }

    private static bool IsOfEqualPlaces(Contract product) => product.Left.Indices.SequenceEqual(product.Right.Indices);

    /// <summary>
    /// The gradient of a weight or bias as the few samples of a turn add to it, where that is less than is read of them for it. Small as
    /// samples may be, what a worker has just made is in its own cache, and in no other's.
    /// </summary>
    private Operation? AddOfTurn(Operation operation)
    {
        // Through the steps of a scan all samples go together.
        if (operation is not { Output: { IsPerSample: false, Primal: Parameter } whole } || operation.Inputs.Any(_scanned.Contains))
            return null;
        switch (operation)
        {
            case Contract product when !IsOfEqualPlaces(product) && IsMade(product.Left.Value) && IsMade(product.Right.Value)
                && product.Right.Value.Primal is { } primal && IsLess(whole, product.Left.Value.Shape.Length + product.Right.Value.Shape.Length):
                return new Contract(product.Layer, product.Target with { Value = Value.ShareOf(whole, primal) }, product.Left, product.Right);
            case Reduce { Term: Variable, Operands: [], Source: { IsWhole: true } source } sum when IsMade(source.Value)
                && source.Value is { Primal: { } made, Shape.Length: < SamplesAtATime.LeastBeyondCache and var length } && IsLess(whole, length):
                return new Reduce(sum.Layer, sum.Target with { Value = Value.ShareOf(whole, made) }, source, sum.Scale);
            default:
                return null;
        }
    }

    private static bool IsMade(Value value) => value is { IsPerSample: true, Shape.HasPositions: true };

    // What a turn adds is written once and read once, what it is computed of is read once more by whoever sums over all. But each sample
    // has room for it.
    private bool IsLess(Value whole, int read) =>
        read >= LeastOfTurn && whole.Shape.Length * LeastShare <= Math.Min(_few, LeastShare * LeastShare) * (long)read;

    private void Wait(Operation whole, Operation ofTurn)
    {
        Access target = whole is Contract product ? product.Target : ((Reduce)whole).Target;
        _waiting.Add(ofTurn);
        _ofAll.Add(new Reduce(whole.Layer, target with { Indices = All(target.Value) }, new Access(ofTurn.Output, All(target.Value)), 1));
    }

    private void Cut(Operation operation, Access source, Access target)
    {
        if (operation is Reduce { Operands: [{ Value.IsPerSample: false } mean] } squares && IsSquare(squares.Term, mean.Variable)
            && mean.Value.Shape.Equals(target.Value.Shape))
        {
            CutSquares(squares, mean);
            return;
        }

        string name = $"{target.Value.Name}OfSample";
        Value ofSample = operation is Reduce reduce
            ? OfSample(reduce, name, reduce.Source, reduce.Term, reduce.Operands, reduce.Scale)
            : OfSample((Contract)operation, name);
        _ofAll.Add(new Reduce(operation.Layer, target with { Indices = All(target.Value) }, new Access(ofSample, All(target.Value)), 1));
    }

    /// <summary>
    /// Σ (x − μ)², of which μ is not known before all samples have gone by, is about the mean of each sample first: it is the sum over
    /// samples of Σ (x − m)² + (m − μ) · (2 Σ (x − m) + n (m − μ)), whatever m is rounded to (T. Chan, G. Golub and R. LeVeque, Algorithms
    /// for Computing the Sample Variance, 1983).
    /// </summary>
    private void CutSquares(Reduce squares, MapOperand mean)
    {
        Access target = squares.Target;
        double count = (double)squares.Source.Value.Shape.Length / target.Value.Shape.Length;
        Variable x = Functions.Variable(Reduce.Summed), center = Functions.Variable(mean.Variable);
        string name = target.Value.Name;
        Value meanOfSample = OfSample(squares, $"{name}Mean", squares.Source, x, [], 1 / count);
        MapOperand[] own = [mean with { Value = meanOfSample }];
        Value rest = OfSample(squares, $"{name}Rest", squares.Source, x - center, own, 1);
        Value squaresOfSample = OfSample(squares, $"{name}OfSample", squares.Source, squares.Term, own, 1);
        Expression difference = Functions.Variable("own") - center;
        _ofAll.Add(new Reduce(squares.Layer, target with { Indices = All(target.Value) }, new Access(squaresOfSample, All(target.Value)), 1)
        {
            Term = x + difference * (2 * Functions.Variable("rest") + count * difference),
            Operands = [MapOperand.Same("own", meanOfSample), MapOperand.Same("rest", rest), MapOperand.Same(mean.Variable, mean.Value)],
        });
    }

    private static bool IsSquare(Expression term, string mean) =>
        term is Multiply(var left, var right) && left.Equals(right) && left.Equals(Functions.Variable(Reduce.Summed) - Functions.Variable(mean));

    /// <summary>The same sum of each sample; two who want it share it.</summary>
    private Value OfSample(Reduce whole, string name, Access source, Expression term, IReadOnlyList<MapOperand> operands, double scale)
    {
        Reduce? same = _ofSamples.FirstOrDefault(sum => sum.Source.Value == source.Value && sum.Source.Indices.SequenceEqual(source.Indices)
            && sum.Target.Indices.SequenceEqual(whole.Target.Indices)
            && sum.Scale == scale && sum.Term.Equals(term) && sum.Operands.SequenceEqual(operands));
        if (same is not null)
            return same.Output;
        Value ofSample = PerSample(whole, name);
        var sum = new Reduce(whole.Layer, whole.Target with { Value = ofSample }, source, scale) { Term = term, Operands = operands };
        _ofSamples.Add(sum);
        _waiting.Add(sum);
        return ofSample;
    }

    private Value OfSample(Contract whole, string name)
    {
        Value ofSample = PerSample(whole, name);
        _waiting.Add(new Contract(whole.Layer, whole.Target with { Value = ofSample }, whole.Left, whole.Right));
        return ofSample;
    }

    // A gradient's sums are gradients, of what the samples' own summands belong to.
    private static Value PerSample(Operation whole, string name)
    {
        Value? primal = whole.Inputs.FirstOrDefault(input => input is { IsPerSample: true, Kind: ValueKind.Gradient })?.Primal;
        return primal is null
            ? new Value(name, whole.Output.Shape, ValueKind.Activation)
            : Value.GradientOf(primal, name, whole.Output.Shape);
    }

    private static Graph.Index[] All(Value value) => [.. Axis.Along(value.Shape).Select(Graph.Index.Of)];
}
