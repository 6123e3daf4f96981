using NetGen;

namespace Policy;

/// <summary>
/// What to do: a score for a push to the left and one for a push to the right, whose softmax are their probabilities. No loss of a sample says what
/// would have been better; how the episode went does.
/// </summary>
[Network(OutputGradients = true), Input(4), Dense(32), Tanh, Dense(2)]
public partial class Actor;

/// <summary>How much is still to come from here: the baseline that an episode is compared with.</summary>
[Network, Input(4), Dense(32), Tanh, Dense(1), MeanSquaredError]
public partial class Expectation;
