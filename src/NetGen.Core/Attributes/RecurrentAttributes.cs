namespace NetGen;

/// <summary>
/// The common base of recurrent layers: from a sequence, [time, features], to the state behind each step, [time, units]. Names, gates and
/// their order are those of PyTorch's modules: <c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, with
/// <c>l1</c> for a second layer and <c>_reverse</c> behind the name for the direction from the last step to the first.
/// </summary>
/// <remarks>
/// For the state behind the last step alone, let <see cref="LastStepAttribute"/> follow. The first weights are drawn uniformly between
/// ±1/√units, the first biases are zero.
/// </remarks>
/// <param name="units">The length of the state, at least 1.</param>
public abstract class RecurrentLayerAttribute(int units) : WeightedLayerAttribute
{
    /// <summary>The length of the state.</summary>
    public int Units { get; } = units;

    /// <summary>How many layers stand on one another, each reading the states of the one below. 1 unless set.</summary>
    public int Layers { get; set; } = 1;

    /// <summary>
    /// Whether a second state runs from the last step to the first; the output is both side by side, [time, 2 · units]. False unless set.
    /// </summary>
    public bool Bidirectional { get; set; }

    /// <summary>The share of states that training sets to zero between layers, from 0 up to below 1. 0 unless set.</summary>
    public double Dropout { get; set; }

    /// <summary>
    /// The steps of a window of truncated backpropagation through time, at least 1. Windows are counted from the first step, the last may be
    /// shorter; states are carried from window to window as without truncation, but gradients flow only within one: a state that a window took over
    /// is a constant to it. Outputs and loss do not depend on it. The windows are the same for all layers and for both directions, and the gradient
    /// of an initial state is what the window that begins with it makes of it. Unless set, gradients flow through all steps. (Williams and Peng
    /// 1990.)
    /// </summary>
    public int Truncation { get; set; }

    /// <summary>The name of a point, a vector of as many features as there are units, that the state begins with; zeros unless set.</summary>
    public string? InitialState { get; set; }
}

/// <summary>A simple recurrent layer (Elman 1990): <c>h' = tanh(W x + b + U h + c)</c>. PyTorch's <c>RNN</c>.</summary>
/// <param name="units">The length of the state, at least 1.</param>
public sealed class RnnAttribute(int units) : RecurrentLayerAttribute(units)
{
    /// <summary>Whether the state is bounded below by zero (relu) instead of by tanh. False unless set.</summary>
    public bool Relu { get; set; }
}

/// <summary>
/// A long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). PyTorch's <c>LSTM</c>:
/// <c>i, f, o = σ(…)</c>, <c>g = tanh(…)</c>, <c>c' = f c + i g</c>, <c>h' = o tanh(c')</c>; the rows of its weights are those of i, f, g, o.
/// </summary>
/// <param name="units">The length of the state and of the cell, at least 1.</param>
public sealed class LstmAttribute(int units) : RecurrentLayerAttribute(units)
{
    /// <summary>The name of a point, a vector of as many features as there are units, that the cell begins with; zeros unless set.</summary>
    public string? InitialCell { get; set; }
}

/// <summary>
/// A gated recurrent unit (Cho et al. 2014). PyTorch's <c>GRU</c>, whose reset gate acts behind the recurrent product: <c>r, z = σ(…)</c>,
/// <c>n = tanh(W x + b + r (U h + c))</c>, <c>h' = (1 − z) n + z h</c>; the rows of its weights are those of r, z, n.
/// </summary>
/// <param name="units">The length of the state, at least 1.</param>
public sealed class GruAttribute(int units) : RecurrentLayerAttribute(units)
{
    /// <summary>
    /// Whether the reset gate acts behind the recurrent product, as in PyTorch and by default in Keras. False is the first form and Keras'
    /// <c>reset_after=False</c>: <c>n = tanh(W x + b + U (r h) + c)</c>, which takes two recurrent products one after the other. True unless set.
    /// </summary>
    public bool ResetAfter { get; set; } = true;
}

/// <summary>
/// The common base of single recurrent steps: from features, and a state that a point brings, to the state behind the step. Names, gates and
/// their order are those of PyTorch's cells: <c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c>.
/// </summary>
/// <remarks>Who keeps the state between predictions gives it as an input and takes it from an output; a stream does both for whole layers.</remarks>
/// <param name="units">The length of the state, at least 1.</param>
public abstract class RecurrentCellAttribute(int units) : WeightedLayerAttribute
{
    /// <summary>The length of the state.</summary>
    public int Units { get; } = units;

    /// <summary>The name of a point, a vector of as many features as there are units, that is the state before the step; zeros unless set.</summary>
    public string? InitialState { get; set; }
}

/// <summary>One step of an <see cref="RnnAttribute"/>: PyTorch's <c>RNNCell</c>.</summary>
/// <param name="units">The length of the state, at least 1.</param>
public sealed class RnnCellAttribute(int units) : RecurrentCellAttribute(units)
{
    /// <summary>Whether the state is bounded below by zero (relu) instead of by tanh. False unless set.</summary>
    public bool Relu { get; set; }
}

/// <summary>
/// One step of an <see cref="LstmAttribute"/>: PyTorch's <c>LSTMCell</c>. The cell behind the step is read by a <see cref="LastCellAttribute"/>.
/// </summary>
/// <param name="units">The length of the state and of the cell, at least 1.</param>
public sealed class LstmCellAttribute(int units) : RecurrentCellAttribute(units)
{
    /// <summary>The name of a point, a vector of as many features as there are units, that is the cell before the step; zeros unless set.</summary>
    public string? InitialCell { get; set; }
}

/// <summary>One step of a <see cref="GruAttribute"/>: PyTorch's <c>GRUCell</c>.</summary>
/// <param name="units">The length of the state, at least 1.</param>
public sealed class GruCellAttribute(int units) : RecurrentCellAttribute(units)
{
    /// <summary>Whether the reset gate acts behind the recurrent product, as in PyTorch, or on the state before it. True unless set.</summary>
    public bool ResetAfter { get; set; } = true;
}

/// <summary>The features of the last step of a sequence: from [time, features] to [features].</summary>
public sealed class LastStepAttribute : LayerAttribute;

/// <summary>The features of the first step of a sequence: from [time, features] to [features].</summary>
public sealed class FirstStepAttribute : LayerAttribute;

/// <summary>
/// The cell of an <see cref="LstmAttribute"/> or <see cref="LstmCellAttribute"/> behind its last step: from the layer, on a point of its own that
/// starts <see cref="FromAttribute"/> the one that ends with it, to [units].
/// </summary>
public sealed class LastCellAttribute : LayerAttribute;

/// <summary>The mean of each feature over all steps: from [time, features] to [features].</summary>
public sealed class MeanOverTimeAttribute : LayerAttribute;

/// <summary>The largest of each feature over all steps: from [time, features] to [features].</summary>
public sealed class MaxOverTimeAttribute : LayerAttribute;
