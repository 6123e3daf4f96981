using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The projections that an attention begins with: queries, keys and values of each head, [heads, time, features of a head].</summary>
internal static class AttentionProjections
{
    /// <summary>A role behind the name of the module that it belongs to.</summary>
    public static string RoleOf(string name, string role) => name.Length == 0 ? role : $"{name}.{role}";

    /// <summary>Those of a sequence with itself: one product of all heads, PyTorch's <c>in_proj_weight</c>.</summary>
    public static Value[] Joint(LayerContext layer, string name, Value sequence, int heads)
    {
        (int steps, int features) = (sequence.Shape[0], sequence.Shape[1]);
        int size = features / heads;
        Index p = Index.Of(new Axis("o", 3)), h = Index.Of(new Axis("h", heads)), t = Index.Of(new Axis("i", steps));
        Index d = Index.Of(new Axis("c", size)), k = Index.Of(new Axis("k", features));
        Shape shape = Shape.Of((3, AxisRole.Head), (heads, AxisRole.Head), (steps, AxisRole.Time), (size, AxisRole.Feature));
        Parameter weight = layer.NewParameter(
            RoleOf(name, "in_proj_weight"),
            Shape.Of((3, AxisRole.Head), (heads, AxisRole.Head), (size, AxisRole.Feature), (features, AxisRole.Feature)),
            layer.WeightInitialisation(features, 3 * features), decays: true, fileShape: new Shape(3 * features, features));
        Value projected = layer.NewValue("projected", shape);
        layer.Add(new Contract(
            layer.Name, new Access(projected, [p, h, t, d]), new Access(sequence, [t, k]), new Access(weight, [p, h, d, k])));
        if (layer.Flag("Bias", fallback: true))
        {
            Parameter bias = layer.NewParameter(
                RoleOf(name, "in_proj_bias"), Shape.Of((3, AxisRole.Head), (heads, AxisRole.Head), (size, AxisRole.Feature)),
                layer.BiasInitialisation(features, features), decays: false, fileShape: new Shape(3 * features));
            projected = Biased(layer, "projections", projected, new MapOperand("b", bias, [0, 1, 3]));
        }

        return [.. new[] { "queries", "keys", "values" }.Select((role, row) =>
        {
            Value value = layer.NewValue(role, shape.Row);
            layer.Add(Sequences.Row(layer, value, projected, row));
            return value;
        })];
    }

    /// <summary>
    /// Those of several sequences, each with a weight of its own, <c>q_proj_weight</c>, <c>k_proj_weight</c> and <c>v_proj_weight</c>.
    /// </summary>
    public static Value[] Separate(LayerContext layer, string name, AttentionInputs inputs, int heads) =>
    [
        Of(layer, name, "queries", inputs.Queries, inputs.Queries.Shape[1], heads),
        Of(layer, name, "keys", inputs.Keys, inputs.Queries.Shape[1], heads),
        Of(layer, name, "values", inputs.Values, inputs.Queries.Shape[1], heads),
    ];

    private static Value Of(LayerContext layer, string name, string role, Value sequence, int width, int heads)
    {
        (int steps, int features) = (sequence.Shape[0], sequence.Shape[1]);
        int size = width / heads;
        Index h = Index.Of(new Axis("h", heads)), t = Index.Of(new Axis("i", steps));
        Index d = Index.Of(new Axis("c", size)), k = Index.Of(new Axis("k", features));
        Parameter weight = layer.NewParameter(
            RoleOf(name, $"{role[0]}_proj_weight"),
            Shape.Of((heads, AxisRole.Head), (size, AxisRole.Feature), (features, AxisRole.Feature)),
            layer.WeightInitialisation(features, width), decays: true, fileShape: new Shape(width, features));
        bool hasBias = layer.Flag("Bias", fallback: true);
        Value product = layer.NewValue(
            hasBias ? $"{role}Product" : role, Shape.Of((heads, AxisRole.Head), (steps, AxisRole.Time), (size, AxisRole.Feature)));
        layer.Add(new Contract(
            layer.Name, new Access(product, [h, t, d]), new Access(sequence, [t, k]), new Access(weight, [h, d, k])));
        if (!hasBias)
            return product;
        Parameter bias = layer.NewParameter(
            RoleOf(name, $"{role[0]}_proj_bias"), Shape.Of((heads, AxisRole.Head), (size, AxisRole.Feature)),
            layer.BiasInitialisation(features, features), decays: false, fileShape: new Shape(width));
        return Biased(layer, role, product, new MapOperand("b", bias, [0, 2]));
    }

    private static Value Biased(LayerContext layer, string role, Value product, MapOperand bias)
    {
        Value biased = layer.NewValue(role, product.Shape);
        layer.Add(new Map(layer.Name, biased, Functions.Variable("x") + Functions.Variable("b"), [MapOperand.Same("x", product), bias]));
        return biased;
    }
}
