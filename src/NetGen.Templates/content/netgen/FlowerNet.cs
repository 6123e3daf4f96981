using NetGen;

namespace FirstNetwork;

/// <summary>Which of three irises has sepals and petals of these lengths and widths. Hover over the name to see its layers.</summary>
[Network]
[Input(4)]
[Dense(16), Relu]
[Dense(16), Relu]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class FlowerNet;
