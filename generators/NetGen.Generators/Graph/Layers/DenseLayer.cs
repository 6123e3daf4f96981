namespace NetGen.Generators.Graph.Layers;

/// <summary>y[n] = Σ_k x[k] · w[n, k] + b[n]; of a sequence, at each step.</summary>
internal static class DenseLayer
{
    public static readonly LayerKind Kind = new("Dense", Build)
    {
        MindsLength = true,
        Implies = shape => shape.Rank > 1 && !shape.IsSequence ? FlattenLayer.Kind : null,
    };

    private static void Build(LayerContext layer)
    {
        Value input = layer.Input;
        int inputs = input.Shape[input.Shape.LaneDimension];
        int units = layer.IntegerIn("units", 1, Limits.MaximumExtent);
        if (layer.HasErrors || !layer.FitsInMemory("its weight", units, inputs))
            return;

        layer.Finish(Product(layer, "", input, units), $"Dense({units})", 2L * input.Shape.Length * units);
    }

    /// <summary>A dense layer within a layer, its parameters behind the given name.</summary>
    public static Value Product(LayerContext layer, string name, Value input, int units)
    {
        int inputs = input.Shape[input.Shape.LaneDimension];
        var n = new Axis("n", units);
        var k = new Axis("k", inputs);
        Index[] steps = input.Shape.IsSequence ? [Index.Of(new Axis("t", input.Shape[0]))] : [];
        Parameter weight = layer.NewParameter(
            Role("weight"), new Shape(units, inputs), layer.WeightInitialisation(inputs, units), decays: true);
        Value product = layer.NewValue(name.Length == 0 ? "dense" : name, input.Shape.With(input.Shape.LaneDimension, units));
        layer.Add(new Contract(
            layer.Name,
            new Access(product, [.. steps, Index.Of(n)]),
            new Access(input, [.. steps, Index.Of(k)]),
            new Access(weight, [Index.Of(n), Index.Of(k)])));

        return Biases.Add(layer, product, inputs, units, Role("bias"));

        string Role(string role) => name.Length == 0 ? role : $"{name}.{role}";
    }
}
