namespace NetGen.Generators.Graph.Layers;

/// <summary>Every attribute the language knows. A new layer is one file and one line here.</summary>
internal static class LayerTable
{
    public static readonly IReadOnlyDictionary<string, Action<LayerContext>> Layers =
        new Dictionary<string, Action<LayerContext>>
        {
            ["Dense"] = DenseLayer.Build,
            ["Conv2D"] = Conv2DLayer.Build,
            ["MaxPool2D"] = layer => Pool2DLayer.Build(layer, WindowKind.Max),
            ["AveragePool2D"] = layer => Pool2DLayer.Build(layer, WindowKind.Average),
            ["GlobalAveragePool"] = GlobalAveragePoolLayer.Build,
            ["Flatten"] = FlattenLayer.Build,
            ["Dropout"] = DropoutLayer.Build,
            ["Softmax"] = SoftmaxLayer.Build,
            ["Relu"] = ActivationLayer.Build,
            ["LeakyRelu"] = ActivationLayer.Build,
            ["Relu6"] = ActivationLayer.Build,
            ["Elu"] = ActivationLayer.Build,
            ["Selu"] = ActivationLayer.Build,
            ["Silu"] = ActivationLayer.Build,
            ["Gelu"] = ActivationLayer.Build,
            ["Mish"] = ActivationLayer.Build,
            ["Softplus"] = ActivationLayer.Build,
            ["Softsign"] = ActivationLayer.Build,
            ["Sigmoid"] = ActivationLayer.Build,
            ["Tanh"] = ActivationLayer.Build,
            ["HardSigmoid"] = ActivationLayer.Build,
            ["HardSwish"] = ActivationLayer.Build,
        };

    public static readonly IReadOnlyDictionary<string, Func<LayerContext, Loss>> Losses =
        new Dictionary<string, Func<LayerContext, Loss>>
        {
            ["MeanSquaredError"] = LossLayers.MeanSquaredError,
            ["MeanAbsoluteError"] = LossLayers.MeanAbsoluteError,
            ["Huber"] = LossLayers.Huber,
            ["SmoothL1"] = LossLayers.SmoothL1,
            ["LogCosh"] = LossLayers.LogCosh,
            ["PoissonNll"] = LossLayers.PoissonNll,
            ["BinaryHinge"] = LossLayers.BinaryHinge,
            ["BinaryCrossEntropy"] = LossLayers.BinaryCrossEntropy,
            ["SoftmaxCrossEntropy"] = ClassLossLayers.SoftmaxCrossEntropy,
            ["Focal"] = ClassLossLayers.Focal,
            ["KullbackLeibler"] = ClassLossLayers.KullbackLeibler,
            ["MultiClassHinge"] = ClassLossLayers.MultiClassHinge,
            ["CosineEmbedding"] = LossLayers.CosineEmbedding,
        };

    /// <summary>Whether a layer only changes the values of the one before it; two in a row are seldom meant.</summary>
    public static bool IsActivation(string kind) =>
        kind == "Softmax" || (Layers.TryGetValue(kind, out Action<LayerContext>? build) && build == ActivationLayer.Build);

    /// <summary>The layers that begin a new product, and so end the reach of an earlier layer's activation.</summary>
    public static readonly IReadOnlyCollection<string> WeightedKinds = ["Dense", "Conv2D"];
}
