namespace NetGen.Numerics.Tests.Losses;

// A layer at each step, and the same layer of one step alone.
[Network, Input(5, 3, Sequence = true), Dense(3), SoftmaxCrossEntropy(IgnoreIndex = -100)]
internal sealed partial class StepsOfClasses;

[Network, Input(3), Dense(3), SoftmaxCrossEntropy(IgnoreIndex = -100)]
internal sealed partial class RowOfClasses;

[Network, Input(5, 3, Sequence = true), Dense(3), SoftmaxCrossEntropy(IgnoreIndex = -100, ClassWeights = [1, 2, 0.5], LabelSmoothing = 0.2)]
internal sealed partial class StepsOfWeightedClasses;

[Network, Input(3), Dense(3), SoftmaxCrossEntropy(ClassWeights = [1, 2, 0.5], LabelSmoothing = 0.2)]
internal sealed partial class RowOfWeightedClasses;

[Network, Input(5, 3, Sequence = true), Dense(3), Focal(3, IgnoreIndex = -100, ClassWeights = [1, 2, 0.5])]
internal sealed partial class StepsOfFocal;

[Network, Input(3), Dense(3), Focal(3, ClassWeights = [1, 2, 0.5])]
internal sealed partial class RowOfFocal;

[Network, Input(5, 3, Sequence = true), Dense(3), MultiClassHinge(IgnoreIndex = -100)]
internal sealed partial class StepsOfHinge;

[Network, Input(3), Dense(3), MultiClassHinge]
internal sealed partial class RowOfHinge;
