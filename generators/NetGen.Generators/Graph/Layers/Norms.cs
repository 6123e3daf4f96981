using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>What the normalisations of single samples have in common: (x − μ) / √(σ² + ε), over some dimensions.</summary>
internal static class Norms
{
    /// <summary>A tensor that starts with the same number everywhere.</summary>
    public static Initialisation Constant(double value) =>
        value == 0 ? new Initialisation("Zeros", 0, 1, 1) : new Initialisation("Constant", value, 1, 1);

    /// <summary>The ε of most norms, unless another is given.</summary>
    public const double UsualEpsilon = 1e-5;

    /// <summary>An ε that is not the usual one, for the table of layers.</summary>
    public static IEnumerable<string> Described(double epsilon, double usual) =>
        epsilon == usual ? [] : [FormattableString.Invariant($"epsilon {epsilon:R}")];

    public static double Epsilon(LayerContext layer, double fallback) =>
        layer.NumberThat(value => value >= 0 && !double.IsInfinity(value), "Epsilon", "at least 0 and finite", fallback);

    /// <summary>Adds the normalisation.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="kept">The dimension along which each element has statistics of its own; null where a sample has one of each.</param>
    /// <param name="groups">The number of groups into which that dimension is cut, each with its statistics.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="isCentered">Whether the mean is subtracted; without, the mean of squares takes the variance's place.</param>
    /// <param name="input">What is normalised.</param>
    /// <param name="length">
    /// How many steps each sample has of a sequence whose statistics go over time, of which those behind the end count for nothing; null where all
    /// count.
    /// </param>
    public static Value Standardise(
        LayerContext layer, Value input, int? kept, int groups, double epsilon, bool isCentered, SequenceLength? length = null)
    {
        Shape shape = input.Shape;
        // Of all steps or, where their number differs, of each.
        int count = (kept is { } dimension ? shape.Length / groups : shape.Length) / (length?.Steps ?? 1);
        Value centered = input, deviation = input;
        if (isCentered)
        {
            Value counted = length is null ? input : length.Hold(layer, "within", input, 0);
            Value mean = Spread(layer, input, kept, layer.NewValue("mean", StatisticsOf(groups, kept)), (statistic, target, source) =>
            {
                Value sum = length is null ? statistic : layer.NewValue("sum", statistic.Shape);
                var reduce = new Reduce(layer.Name, new Access(sum, target), new Access(counted, source), 1.0 / count);
                if (length is null)
                    return reduce;
                layer.Add(reduce);
                return new Map(
                    layer.Name, statistic, Functions.Variable("x") / Functions.Variable("n"), [MapOperand.Same("x", sum), length.Along("n")]);
            });
            centered = layer.NewValue("centered", shape);
            Expression difference = Functions.Variable("x") - Functions.Variable("mean");
            layer.Add(length is null
                ? new Map(layer.Name, centered, difference, [MapOperand.Same("x", input), Along("mean", mean, kept)])
                : new Map(layer.Name, centered, SequenceLength.Within(difference, 0),
                    [MapOperand.Same("x", input), Along("mean", mean, kept), length.Of(layer)]));
            deviation = centered;
            if (length is null)
            {
                deviation = layer.NewValue("deviation", shape);
                layer.Add(new Map(
                    layer.Name, deviation, difference, [MapOperand.Same("x", input), Along("mean", mean, kept) with { IsConstant = true }]));
            }
        }

        // Squares of differences, not a difference of squares: the mean may be large beside the deviations. About the mean they are least, so that
        // they do not change with it.
        Value scale = Spread(layer, input, kept, layer.NewValue("scale", StatisticsOf(groups, kept)), (statistic, target, source) =>
        {
            Value squares = layer.NewValue("squares", statistic.Shape);
            layer.Add(new Contract(layer.Name, new Access(squares, target), new Access(deviation, source), new Access(deviation, source)));
            Expression number = length is null ? count : count * Functions.Variable("n");
            MapOperand[] operands = length is null ? [MapOperand.Same("sum", squares)] : [MapOperand.Same("sum", squares), length.Along("n")];
            return new Map(layer.Name, statistic, 1 / Functions.Sqrt((Functions.Variable("sum") / number) + epsilon), operands);
        });
        Value output = layer.NewValue("standard", shape);
        layer.Add(new Map(layer.Name, output, Functions.Variable("x") * Functions.Variable("scale"),
            [MapOperand.Same("x", centered), Along("scale", scale, kept)]));
        return output;
    }

    /// <summary>A layer norm within a layer, over the features of each step, its parameters behind the given name.</summary>
    public static Value OfSteps(LayerContext layer, string name, Value sequence, double epsilon)
    {
        Value standard = Standardise(layer, sequence, 0, sequence.Shape[0], epsilon, isCentered: true);
        return Scale(layer, standard, sequence.Shape.Row, 1, hasBias: true, name + ".");
    }

    /// <summary>Adds the trained factor and summand, of the given shape, as far as the layer has them.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="standard">What they are applied to.</param>
    /// <param name="shape">One number per channel or feature, or one per element.</param>
    /// <param name="dimension">The dimension that a vector of them runs along.</param>
    /// <param name="hasBias">Whether there is a summand.</param>
    /// <param name="name">What their names begin with.</param>
    public static Value Scale(LayerContext layer, Value standard, Shape shape, int dimension, bool hasBias, string name = "")
    {
        if (!layer.Flag("Affine", fallback: true))
            return standard;
        Parameter weight = layer.NewParameter(name + "weight", shape, Constant(1), decays: false);
        Expression body = Functions.Variable("x") * Functions.Variable("weight");
        List<MapOperand> operands = [MapOperand.Same("x", standard), Of("weight", weight)];
        if (hasBias)
        {
            body += Functions.Variable("bias");
            operands.Add(Of("bias", layer.NewParameter(name + "bias", shape, Constant(0), decays: false)));
        }

        Value output = layer.NewValue("norm", standard.Shape);
        layer.Add(new Map(layer.Name, output, body, operands));
        return output;

        MapOperand Of(string variable, Parameter parameter) =>
            shape.Rank == 1 ? MapOperand.Along(variable, parameter, dimension) : MapOperand.Same(variable, parameter);
    }

    /// <summary>One of each per sample, per element of the dimension kept, or per group of it.</summary>
    private static Shape StatisticsOf(int groups, int? kept) => new(kept is null ? 1 : groups);

    private static MapOperand Along(string variable, Value value, int? kept) => MapOperand.Along(variable, value, kept ?? 0);

    /// <summary>Computes a statistic and, where groups share it, repeats it for each of their elements.</summary>
    private static Value Spread(
        LayerContext layer, Value input, int? kept, Value statistic, Func<Value, Index[], Index[], Operation> compute)
    {
        Shape shape = input.Shape;
        Axis[] axes = Axis.Along(shape);
        Index[] source = [.. axes.Select(Index.Of)];
        if (kept is not { } dimension)
        {
            layer.Add(compute(statistic, [Index.Sum(0)], source));
            return statistic;
        }

        int groups = statistic.Shape[0];
        if (groups == shape[dimension])
        {
            layer.Add(compute(statistic, [source[dimension]], source));
            return statistic;
        }

        int size = shape[dimension] / groups;
        var group = new Axis("g", groups);
        var member = new Axis("k", size);
        source[dimension] = Index.Sum(0, (group, size), (member, 1));
        layer.Add(compute(statistic, [Index.Of(group)], source));
        Value repeated = layer.NewValue($"{statistic.Name}Of", new Shape(shape[dimension]));
        layer.Add(new Move(layer.Name, repeated, [new MovePiece([source[dimension]], new Access(statistic, [Index.Of(group)]))]));
        return repeated;
    }
}
