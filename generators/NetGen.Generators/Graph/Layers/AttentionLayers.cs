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
        new("MultiHeadAttention", Attention) { MindsLength = true },
        new("TransformerBlock", Block) { MindsLength = true },
    ];

    private static void Attention(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence || InputsOf(layer, sequence) is not { } inputs || HeadsOf(layer, inputs) is not { } heads)
            return;
        layer.Finish(Attend(layer, "", inputs, heads), Describe(layer, heads), Operations(layer, inputs));
    }

    private static void Block(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence || HeadsOf(layer, AttentionInputs.Of(sequence, layer.Length)) is not { } heads)
            return;
        int width = layer.IntegerIn("feedForward", 1, Limits.MaximumExtent);
        double epsilon = Norms.Epsilon(layer, 1e-5);
        double dropout = layer.NumberThat(value => value is >= 0 and < 1, "Dropout", "at least 0 and below 1", fallback: 0);
        if (layer.HasErrors || !layer.FitsInMemory("its weights", width, sequence.Shape[1]))
            return;

        bool isPreNorm = layer.Flag("PreNorm", fallback: false);
        Activation activation = layer.Flag("Gelu", fallback: false) ? Activations.Gelu : Activations.Relu;
        Value attended = Add("attention", sequence, Dropped(Attended(isPreNorm ? Norm("norm1", sequence) : sequence)));
        Value middle = isPreNorm ? attended : Norm("norm1", attended);
        Value fed = Add("fed", middle, Dropped(FeedForward(isPreNorm ? Norm("norm2", middle) : middle)));
        layer.Finish(
            isPreNorm ? fed : Norm("norm2", fed), Describe(layer, heads),
            Operations(layer, AttentionInputs.Of(sequence, layer.Length)) + (4L * sequence.Shape.Length * width));

        Value Attended(Value value) => Attend(layer, "self_attn", AttentionInputs.Of(value, layer.Length), heads);
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
    private static Value Attend(LayerContext layer, string name, AttentionInputs inputs, int heads)
    {
        Value queries = inputs.Queries;
        int features = queries.Shape[1];
        Value[] rows = inputs.IsOfItself
            ? AttentionProjections.Joint(layer, name, queries, heads)
            : AttentionProjections.Separate(layer, name, inputs, heads);
        RotaryTurn.Apply(layer, rows);
        Shape shape = rows[0].Shape;
        Value context = layer.NewValue(
            "context", Shape.Of((shape[1], AxisRole.Time), (heads, AxisRole.Head), (shape[2], AxisRole.Feature)));
        Value sums = layer.NewValue("sums", Shape.Of((heads, AxisRole.Head), (2, AxisRole.Feature), (shape[1], AxisRole.Time)));
        bool isCausal = layer.Flag("Causal", fallback: false);
        layer.Add(new Attention(layer.Name, context, sums, rows[0], rows[1], rows[2])
        {
            IsCausal = isCausal,
            // A step that looks at none behind it looks at none behind the sequence's end either.
            Length = inputs.Length is { } length && !(isCausal && length == layer.Length) ? length.Input : null,
        });

        Index t = Index.Of(new Axis("i", shape[1])), h = Index.Of(new Axis("h", heads)), d = Index.Of(new Axis("c", shape[2]));
        Index n = Index.Of(new Axis("n", features));
        Parameter output = layer.NewParameter(
            AttentionProjections.RoleOf(name, "out_proj.weight"),
            Shape.Of((features, AxisRole.Feature), (heads, AxisRole.Head), (shape[2], AxisRole.Feature)),
            layer.WeightInitialisation(features, features), decays: true, fileShape: new Shape(features, features));
        Value joined = layer.NewValue("joined", queries.Shape);
        layer.Add(new Contract(
            layer.Name, new Access(joined, [t, n]), new Access(context, [t, h, d]), new Access(output, [n, h, d])));
        return Biases.Add(layer, joined, features, features, AttentionProjections.RoleOf(name, "out_proj.bias"));
    }

    /// <summary>What queries, keys and values are made of; null with a report where they do not belong together.</summary>
    private static AttentionInputs? InputsOf(LayerContext layer, Value sequence)
    {
        bool isNamed = layer.Has("KeysFrom") || layer.Has("ValuesFrom");
        Value keys = Sequences.At(layer, "KeysFrom") ?? sequence;
        Value values = Sequences.At(layer, "ValuesFrom") ?? keys;
        if (layer.HasErrors)
            return null;
        int steps = keys.Shape[0];
        if (values.Shape[0] != steps)
        {
            layer.Report(
                DiagnosticDescriptors.StepsDiffer, "ValuesFrom", layer.Kind, $"keys of {steps} steps", $"values of {values.Shape[0]}",
                "each step has a key and a value: name points of as many steps");
        }
        else if (layer.Flag("Causal", fallback: false) && sequence.Shape[0] != steps)
        {
            layer.Report(
                DiagnosticDescriptors.StepsDiffer, "Causal", layer.Kind, $"queries of {sequence.Shape[0]} steps", $"keys of {steps}",
                "a causal attention compares their numbers: give both as many steps, or remove Causal");
        }

        SequenceLength? length = layer.Has("KeysFrom") ? layer.LengthAt("KeysFrom") : layer.Length;
        SequenceLength? ofValues = layer.Has("ValuesFrom") ? layer.LengthAt("ValuesFrom") : length;
        if (length is not null && ofValues is not null && length != ofValues)
            layer.Report(DiagnosticDescriptors.LengthsDiffer, "ValuesFrom", layer.Kind, length.Input.Name, ofValues.Input.Name);
        return layer.HasErrors ? null
            : new AttentionInputs(sequence, keys, values, length ?? ofValues, IsOfItself: !isNamed && !layer.Flag("Separate", fallback: false));
    }

    private static int? HeadsOf(LayerContext layer, AttentionInputs inputs)
    {
        int heads = layer.IntegerIn("heads", 1, Limits.MaximumExtent);
        int features = inputs.Queries.Shape[1];
        if (!layer.HasErrors && features % heads != 0)
        {
            layer.Report(
                DiagnosticDescriptors.HeadsDoNotDivide, "heads",
                layer.Kind, Words.Of(heads), Words.Of(features), Convolution.CommonDivisors(features, features));
        }

        RotaryTurn.Check(layer, heads, features / heads);
        return layer.HasErrors || !layer.FitsInMemory("its scores", heads, inputs.Queries.Shape[0], inputs.Keys.Shape[0]) ? null : heads;
    }

    private static string Describe(LayerContext layer, int heads) =>
        $"{layer.Kind}({heads} heads{(layer.Flag("Causal", fallback: false) ? ", causal" : "")}{(RotaryTurn.IsOn(layer) ? ", rotary" : "")})";

    private static long Operations(LayerContext layer, AttentionInputs inputs)
    {
        (long steps, long others, long features) = (inputs.Queries.Shape[0], inputs.Keys.Shape[0], inputs.Queries.Shape[1]);
        long pairs = layer.Flag("Causal", fallback: false) ? steps * (steps + 1) / 2 : steps * others;
        return (4 * steps * features * features) + (2 * others * features * (inputs.Keys.Shape[1] + inputs.Values.Shape[1])) + (4 * pairs * features);
    }
}

/// <summary>What an attention's queries, keys and values are projections of, [time, features] each.</summary>
/// <param name="Length">How many of the keys and values each sample has, where not all have all.</param>
/// <param name="IsOfItself">Whether they are of one sequence and are projected by one product.</param>
internal sealed record AttentionInputs(Value Queries, Value Keys, Value Values, SequenceLength? Length, bool IsOfItself)
{
    /// <summary>Of one sequence.</summary>
    public static AttentionInputs Of(Value sequence, SequenceLength? length) => new(sequence, sequence, sequence, length, IsOfItself: true);
}
