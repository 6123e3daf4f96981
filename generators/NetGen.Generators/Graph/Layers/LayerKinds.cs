namespace NetGen.Generators.Graph.Layers;

/// <summary>Every layer and loss the language knows, by the name of its attribute. A new one is one file and one line here.</summary>
internal static class LayerKinds
{
    private static readonly IReadOnlyDictionary<string, LayerKind> s_layers = Index(
        [
            DenseLayer.Kind,
            Conv2DLayer.Kind,
            Conv2DLayer.DepthwiseKind,
            Conv1DLayer.Kind,
            .. ConvTransposeLayer.Kinds,
            .. Pool2DLayer.Kinds,
            .. Pool1DLayer.Kinds,
            GlobalAveragePoolLayer.Kind,
            GlobalMaxPoolLayer.Kind,
            .. SampleNormLayers.Kinds,
            FlattenLayer.Kind,
            BatchNormLayer.Kind,
            .. DropoutLayer.Kinds,
            SoftmaxLayer.Kind,
            LogSoftmaxLayer.Kind,
            PReluLayer.Kind,
            FunctionLayers.Activation,
            SwiGluLayer.Kind,
            .. RecurrentLayers.Kinds,
            .. TimeLayers.Kinds,
            .. EmbeddingLayers.Kinds,
            .. AttentionLayers.Kinds,
            .. ShapeLayers.Kinds,
            .. PartLayers.Kinds,
            .. Borders.Kinds,
            .. UpsampleLayers.Kinds,
            .. ActivationLayer.Kinds,
            .. JoinLayers.Kinds,
            .. BlockLayers.Kinds,
        ],
        kind => kind.Name);

    private static readonly IReadOnlyDictionary<string, LossKind> s_losses = Index(
        [.. LossLayers.Kinds, .. ClassLossLayers.Kinds, FunctionLayers.Loss], kind => kind.Name);

    /// <summary>Every kind of layer.</summary>
    public static IEnumerable<LayerKind> Layers => s_layers.Values;

    /// <summary>Every kind of loss.</summary>
    public static IEnumerable<LossKind> Losses => s_losses.Values;

    public static LayerKind? Layer(string name) => s_layers.TryGetValue(name, out LayerKind? kind) ? kind : null;

    public static LossKind? Loss(string name) => s_losses.TryGetValue(name, out LossKind? kind) ? kind : null;

    private static IReadOnlyDictionary<string, T> Index<T>(T[] kinds, Func<T, string> name) => kinds.ToDictionary(name, StringComparer.Ordinal);
}
