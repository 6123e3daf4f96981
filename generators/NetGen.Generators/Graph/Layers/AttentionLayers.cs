using NetGen.Generators.Collections;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>
/// Attention of several heads (Vaswani et al. 2017): softmax(Q Kᵀ / √d) V for each head, from projections of one sequence. Names are those of
/// PyTorch's <c>MultiheadAttention</c> and <c>TransformerEncoderLayer</c>.
/// </summary>
internal static class AttentionLayers
{
    public static readonly LayerKind[] Kinds =
    [
        new("MultiHeadAttention", Attention),
        new("TransformerBlock", Block),
    ];

    private static void Attention(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence || HeadsOf(layer, sequence) is not { } heads)
            return;
        layer.Finish(Attend(layer, "", sequence, heads), Describe(layer, heads), Operations(sequence));
    }

    private static void Block(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence || HeadsOf(layer, sequence) is not { } heads)
            return;
        int width = layer.IntegerIn("feedForward", 1, Limits.MaximumExtent);
        double epsilon = Norms.Epsilon(layer, 1e-5);
        double dropout = layer.NumberThat(value => value is >= 0 and < 1, "Dropout", "at least 0 and below 1", fallback: 0);
        if (layer.HasErrors || !layer.FitsInMemory("its weights", width, sequence.Shape[1]))
            return;

        bool isPreNorm = layer.Flag("PreNorm", fallback: false);
        Activation activation = layer.Flag("Gelu", fallback: false) ? Activations.Gelu : Activations.Relu;
        Value attended = Add("attention", sequence, Dropped(Attend(layer, "self_attn", isPreNorm ? Norm("norm1", sequence) : sequence, heads)));
        Value middle = isPreNorm ? attended : Norm("norm1", attended);
        Value fed = Add("fed", middle, Dropped(FeedForward(isPreNorm ? Norm("norm2", middle) : middle)));
        layer.Finish(isPreNorm ? fed : Norm("norm2", fed), Describe(layer, heads), Operations(sequence) + (4L * sequence.Shape.Length * width));

        Value Norm(string name, Value value) => Norms.OfSteps(layer, name, value, epsilon);
        Value Dropped(Value value) => dropout == 0 ? value : DropoutLayer.Add(layer, value, dropout);
        Value Add(string name, Value value, Value other)
        {
            Value sum = layer.NewValue(name, value.Shape);
            layer.Add(new Map(
                layer.Name, sum, Functions.Variable("x") + Functions.Variable("p"), [MapOperand.Same("x", value), MapOperand.Same("p", other)]));
            return sum;
        }

        Value FeedForward(Value value)
        {
            Value inner = DenseLayer.Product(layer, "linear1", value, width);
            Value active = layer.NewValue("active", inner.Shape);
            layer.Add(new Map(layer.Name, active, activation.Value, [MapOperand.Same(Activation.Input.Name, inner)]) { Activation = activation });
            return DenseLayer.Product(layer, "linear2", Dropped(active), sequence.Shape[1]);
        }
    }

    /// <summary>Adds an attention whose parameters are behind the given name.</summary>
    private static Value Attend(LayerContext layer, string name, Value sequence, int heads)
    {
        (int steps, int features) = (sequence.Shape[0], sequence.Shape[1]);
        int size = features / heads;
        var p = new Axis("o", 3);
        var h = new Axis("h", heads);
        var t = new Axis("i", steps);
        var s = new Axis("j", steps);
        var d = new Axis("c", size);
        var k = new Axis("k", features);
        (Index P, Index H, Index T, Index S, Index D, Index K) at = (Index.Of(p), Index.Of(h), Index.Of(t), Index.Of(s), Index.Of(d), Index.Of(k));

        // Queries, keys and values of all heads are one product.
        Shape projections = Of((3, AxisRole.Head), (heads, AxisRole.Head), (steps, AxisRole.Time), (size, AxisRole.Feature));
        Parameter weight = layer.NewParameter(
            Role("in_proj_weight"), Of((3, AxisRole.Head), (heads, AxisRole.Head), (size, AxisRole.Feature), (features, AxisRole.Feature)),
            layer.WeightInitialisation(features, 3 * features), decays: true, fileShape: new Shape(3 * features, features));
        Value projected = layer.NewValue("projected", projections);
        layer.Add(new Contract(
            layer.Name,
            new Access(projected, [at.P, at.H, at.T, at.D]),
            new Access(sequence, [at.T, at.K]),
            new Access(weight, [at.P, at.H, at.D, at.K])));
        if (layer.Flag("Bias", fallback: true))
        {
            Parameter bias = layer.NewParameter(
                Role("in_proj_bias"), Of((3, AxisRole.Head), (heads, AxisRole.Head), (size, AxisRole.Feature)),
                layer.BiasInitialisation(features, features), decays: false, fileShape: new Shape(3 * features));
            Value biased = layer.NewValue("projections", projections);
            layer.Add(new Map(layer.Name, biased, Functions.Variable("x") + Functions.Variable("b"),
                [MapOperand.Same("x", projected), new MapOperand("b", bias, [0, 1, 3])]));
            projected = biased;
        }

        Value[] rows = [.. new[] { "queries", "keys", "values" }.Select((row, i) =>
        {
            Value value = layer.NewValue(row, projections.Row);
            layer.Add(Sequences.Row(layer, value, projected, i));
            return value;
        })];

        // Keys of all steps side by side, so that the scores of a query are.
        Value keys = layer.NewValue("keysByStep", Of((heads, AxisRole.Head), (size, AxisRole.Feature), (steps, AxisRole.Time)));
        layer.Add(new Move(layer.Name, keys, [new MovePiece([at.H, at.D, at.S], new Access(rows[1], [at.H, at.S, at.D]))]));
        Shape scores = Of((heads, AxisRole.Head), (steps, AxisRole.Time), (steps, AxisRole.Feature));
        Value products = layer.NewValue("products", scores);
        layer.Add(new Contract(
            layer.Name, new Access(products, [at.H, at.T, at.S]), new Access(rows[0], [at.H, at.T, at.D]), new Access(keys, [at.H, at.D, at.S])));
        Value scaled = layer.NewValue("scores", scores);
        layer.Add(new Map(layer.Name, scaled, Functions.Variable("x") * (1 / Math.Sqrt(size)), [MapOperand.Same("x", products)]));
        Value weights = layer.NewValue("attention", scores);
        layer.Add(new Softmax(layer.Name, weights, scaled) { IsCausal = layer.Flag("Causal", fallback: false) });
        Value context = layer.NewValue("context", Of((steps, AxisRole.Time), (heads, AxisRole.Head), (size, AxisRole.Feature)));
        layer.Add(new Contract(
            layer.Name, new Access(context, [at.T, at.H, at.D]), new Access(weights, [at.H, at.T, at.S]), new Access(rows[2], [at.H, at.S, at.D])));

        var n = new Axis("n", features);
        Parameter output = layer.NewParameter(
            Role("out_proj.weight"), Of((features, AxisRole.Feature), (heads, AxisRole.Head), (size, AxisRole.Feature)),
            layer.WeightInitialisation(features, features), decays: true, fileShape: new Shape(features, features));
        Value joined = layer.NewValue("joined", sequence.Shape);
        layer.Add(new Contract(
            layer.Name,
            new Access(joined, [at.T, Index.Of(n)]),
            new Access(context, [at.T, at.H, at.D]),
            new Access(output, [Index.Of(n), at.H, at.D])));
        return Biases.Add(layer, joined, features, features, Role("out_proj.bias"));

        string Role(string role) => name.Length == 0 ? role : $"{name}.{role}";
    }

    private static int? HeadsOf(LayerContext layer, Value sequence)
    {
        int heads = layer.IntegerIn("heads", 1, Limits.MaximumExtent);
        int features = sequence.Shape[1];
        if (!layer.HasErrors && features % heads != 0)
        {
            layer.Report(
                DiagnosticDescriptors.HeadsDoNotDivide, "heads",
                layer.Kind, Words.Of(heads), Words.Of(features), Convolution.CommonDivisors(features, features));
        }

        return layer.HasErrors || !layer.FitsInMemory("its scores", heads, sequence.Shape[0], sequence.Shape[0]) ? null : heads;
    }

    private static string Describe(LayerContext layer, int heads) =>
        $"{layer.Kind}({heads} heads{(layer.Flag("Causal", fallback: false) ? ", causal" : "")})";

    private static long Operations(Value sequence)
    {
        (long steps, long features) = (sequence.Shape[0], sequence.Shape[1]);
        return (8 * steps * features * features) + (4 * steps * steps * features);
    }

    private static Shape Of(params (int Extent, AxisRole Role)[] dimensions) =>
        new(dimensions.Select(dimension => new Dimension(dimension.Extent, dimension.Role)).ToEquatableArray());
}
