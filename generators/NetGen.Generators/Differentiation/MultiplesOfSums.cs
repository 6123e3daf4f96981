using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Differentiation;

/// <summary>
/// Σ a · x = a · Σ x, where a is the same for all that is summed: the products need not be there for a sum, and often nobody else wants them. So the
/// gradients of a norm's parameters, its scale and its mean are multiples of two sums, each taken once.
/// </summary>
internal sealed class MultiplesOfSums
{
    private readonly Uses _uses;
    private readonly List<Operation> _result = [];

    // The sums of samples, which several have multiples of.
    private readonly List<Operation> _ofSamples = [];

    private MultiplesOfSums(IReadOnlyCollection<Operation> operations) => _uses = new Uses(operations);

    /// <param name="forward">The operations forward, of which sums backward read results.</param>
    /// <param name="backward">The operations backward.</param>
    public static IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> forward, IReadOnlyList<Operation> backward)
    {
        var multiples = new MultiplesOfSums([.. forward, .. backward]);
        foreach (Operation operation in backward)
            multiples.Add(operation);
        multiples.SumSamples();
        return multiples._result;
    }

    private void Add(Operation operation)
    {
        if (FactorsOf(operation) is not [{ IsWhole: true }, ..] factors || KeptBy(operation, factors[0]) is not { } kept)
        {
            _result.Add(operation);
            return;
        }

        Value result = operation.Output;
        Expression multiple = Functions.Constant(operation is Reduce { Scale: var scale } ? scale : 1);
        var constants = new List<MapOperand>();
        var summed = new List<Access>();
        foreach (Access factor in factors)
        {
            Value value = factor.Value;
            while (_uses.ProducerOf(value) is Map product && MultipleIn(product, result, kept) is var (of, times, others))
            {
                multiple = Named(times, others, constants) * multiple;
                value = of;
            }

            summed.Add(factor with { Value = value });
        }

        if (constants.Count == 0)
        {
            if (result.IsPerSample && operation is Reduce { Scale: 1 } or Contract)
                _ofSamples.Add(operation);
            _result.Add(operation);
            return;
        }

        // Multiples that differ from sample to sample are those of the samples' sums.
        bool isOfSamples = result.IsPerSample || constants.Any(operand => operand.Value.IsPerSample);
        Value total = isOfSamples ? SumOfSamples(operation, summed) : Total(operation, summed);
        multiple = Simplifier.Simplify(Functions.Variable("z") * multiple);
        MapOperand[] operands = [MapOperand.Same("z", total), .. constants];
        if (result.IsPerSample || !isOfSamples)
        {
            _result.Add(new Map(operation.Layer, result, multiple, operands));
            return;
        }

        Graph.Index[] all = All(result);
        _result.Add(new Reduce(operation.Layer, new Access(result, all), new Access(total, all), 1)
        {
            Term = multiple.Substitute(new Dictionary<string, Expression> { ["z"] = Functions.Variable(Reduce.Summed) }),
            Operands = constants,
        });
    }

    // A sum, or a sum of products of elements that stand at the same place.
    private static Access[]? FactorsOf(Operation operation) => operation switch
    {
        Reduce { Operands.Count: 0, Term: Variable } sum => [sum.Source],
        Contract product when product.Left.Value != product.Right.Value && product.Left.Indices.SequenceEqual(product.Right.Indices)
            && product.Left.Value.Shape.Equals(product.Right.Value.Shape) => [product.Left, product.Right],
        _ => null,
    };

    /// <summary>The dimensions of what is summed that a sum keeps, each as it is; null where it keeps others.</summary>
    private static int[]? KeptBy(Operation operation, Access source)
    {
        Access target = operation is Reduce sum ? sum.Target : ((Contract)operation).Target;
        int[] kept = [.. target.Indices.Where(index => index.Terms.Count > 0).Select(index => source.Indices.ToList().IndexOf(index))];
        return kept.Contains(-1) || (kept.Length < target.Indices.Count && target.Value.Shape.Length > 1) ? null : kept;
    }

    /// <summary>
    /// What a map multiplies, by what, and with which operands: a single tensor that is as large as its output, by numbers that are the same for all
    /// that is summed.
    /// </summary>
    private static (Value Of, Expression Multiple, MapOperand[] Others)? MultipleIn(Map product, Value result, int[] kept)
    {
        MapOperand[] whole = [.. product.Operands.Where(operand => operand.Value.IsPerSample && operand.Value.Shape.Equals(product.Output.Shape))];
        if (whole.Length != 1 || product.Operands.Count == 1 || !product.Output.IsPerSample)
            return null;
        MapOperand[] others = [.. product.Operands.Except(whole)];
        Variable x = Functions.Variable(whole[0].Variable);
        Expression multiple = Derivative.Of(product.Body, x);
        return !multiple.Contains(x) && Simplifier.Simplify(product.Body.Replace(x, Functions.Constant(0))) is Constant { Value: 0 }
            && others.All(operand => operand.Value.Shape.Equals(result.Shape)
                && (operand.Dimensions.SequenceEqual(kept) || operand.Value.Shape is { Rank: 1, Length: 1 }))
            ? (whole[0].Value, multiple, others)
            : null;
    }

    /// <summary>A multiple in names that are its own among those before it.</summary>
    private static Expression Named(Expression multiple, IEnumerable<MapOperand> others, List<MapOperand> constants)
    {
        var names = new Dictionary<string, Expression>();
        foreach (MapOperand operand in others)
        {
            MapOperand? known = constants.FirstOrDefault(constant => constant.Value == operand.Value);
            if (known is null)
            {
                string name = operand.Variable;
                for (char letter = 'b'; name is "z" or Reduce.Summed || constants.Any(constant => constant.Variable == name); letter++)
                    name = $"{operand.Variable}{char.ToUpperInvariant(letter)}";
                constants.Add(known = MapOperand.Same(name, operand.Value));
            }

            names[operand.Variable] = Functions.Variable(known.Variable);
        }

        return multiple.Substitute(names);
    }

    private Value Total(Operation operation, List<Access> summed)
    {
        Value total = operation.Output.Sibling($"{summed[summed.Count - 1].Value.Name}Total", operation.Output.Shape);
        _result.Add(Sum(operation, total, summed));
        return total;
    }

    private Value SumOfSamples(Operation operation, List<Access> summed)
    {
        Operation? same = _ofSamples.FirstOrDefault(sum => IsSame(sum, operation, summed));
        if (same is not null)
            return same.Output;
        Access last = summed[summed.Count - 1];
        string name = $"{last.Value.Name}{(summed.Count == 1 ? "Sum" : "Products")}";
        Value total = Value.GradientOf(last.Value.Primal ?? last.Value, name, operation.Output.Shape);
        Operation sum = Sum(operation, total, summed);
        _ofSamples.Add(sum);
        _result.Add(sum);
        return total;
    }

    private static Operation Sum(Operation operation, Value total, List<Access> summed) => operation is Reduce reduce
        ? new Reduce(operation.Layer, reduce.Target with { Value = total }, summed[0], 1)
        : new Contract(operation.Layer, ((Contract)operation).Target with { Value = total }, summed[0], summed[1]);

    private static bool IsSame(Operation sum, Operation other, IReadOnlyList<Access> summed) =>
        FactorsOf(sum) is { } factors && factors.Length == summed.Count && sum.Output.Shape.Equals(other.Output.Shape)
        && factors.Zip(summed, (own, access) => own.Value == access.Value && own.Indices.SequenceEqual(access.Indices)).All(isSame => isSame)
        && TargetOf(sum).Indices.SequenceEqual(TargetOf(other).Indices);

    private static Access TargetOf(Operation sum) => sum is Reduce reduce ? reduce.Target : ((Contract)sum).Target;

    /// <summary>Where the sums of samples are there, those over all samples are sums of them.</summary>
    private void SumSamples()
    {
        for (int i = 0; i < _result.Count; i++)
        {
            if (_result[i] is not (Reduce { Scale: 1 } or Contract) || _result[i].Output.IsPerSample || FactorsOf(_result[i]) is not { } factors
                || _ofSamples.FirstOrDefault(sum => IsSame(sum, _result[i], factors)) is not { } ofSample)
            {
                continue;
            }

            Graph.Index[] all = All(ofSample.Output);
            Operation whole = _result[i];
            _result[i] = new Reduce(whole.Layer, new Access(whole.Output, all), new Access(ofSample.Output, all), 1);
            int place = _result.IndexOf(ofSample);
            if (place < i)
                continue;
            _result.RemoveAt(place);
            _result.Insert(i++, ofSample);
        }
    }

    private static Graph.Index[] All(Value value) => [.. Axis.Along(value.Shape).Select(Graph.Index.Of)];
}
