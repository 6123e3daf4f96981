using NetGen;

namespace Imbalance;

/// <summary>Two scores for six measurements: harmless, calcification.</summary>
[Network]
[Input(6)]
[Dense(16), Relu]
[Dense(16), Relu]
[Dense(2)]
[SoftmaxCrossEntropy]
public partial class Detector;

/// <summary>The same with a loss that listens to the samples which are still wrong, and more to the rare ones.</summary>
[Network]
[Input(6)]
[Dense(16), Relu]
[Dense(16), Relu]
[Dense(2)]
[Focal(gamma: 2, ClassWeights = [0.25f, 0.75f])]
public partial class FocalDetector;
