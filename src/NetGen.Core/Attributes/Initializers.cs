namespace NetGen;

/// <summary>How a parameter gets its first values. Draws come from the network's seed and are the same on every machine.</summary>
/// <remarks>
/// He: K. He et al., "Delving Deep into Rectifiers", 2015. Glorot: X. Glorot and Y. Bengio, "Understanding the difficulty
/// of training deep feedforward neural networks", 2010. Fan-in and fan-out count the kernel's area, and a group's channels only.
/// </remarks>
public enum Initializer
{
    /// <summary>
    /// <see cref="HeUniform"/> where the next activation is of the rectifier family, <see cref="GlorotUniform"/>
    /// elsewhere; zeros for biases.
    /// </summary>
    Default,

    /// <summary>Normal with variance 2 / fan-in.</summary>
    HeNormal,

    /// <summary>Uniform in ±√(6 / fan-in).</summary>
    HeUniform,

    /// <summary>Normal with variance 2 / (fan-in + fan-out).</summary>
    GlorotNormal,

    /// <summary>Uniform in ±√(6 / (fan-in + fan-out)).</summary>
    GlorotUniform,

    /// <summary>All zeros.</summary>
    Zeros,

    /// <summary>The constant given beside it (<c>WeightValue</c> or <c>BiasValue</c>).</summary>
    Constant,
}

/// <summary>A layer with a weight tensor and, unless switched off, a bias.</summary>
public abstract class WeightedLayerAttribute : LayerAttribute
{
    /// <summary>Whether a bias is added to each output. True unless set.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// A penalty on the size of the weights: this times Σ |w| is part of the loss, in training and wherever it is reported, as Keras's <c>l1</c> is.
    /// At least 0; biases have none.
    /// </summary>
    public double L1 { get; set; }

    /// <summary>
    /// A penalty on the squares of the weights: this times Σ w² is part of the loss, in training and wherever it is reported, as Keras's <c>l2</c>
    /// is. At least 0; biases have none. Its gradient is 2 · L2 · w, twice that of an optimizer's decay of the same number.
    /// </summary>
    public double L2 { get; set; }

    /// <summary>The weights' first values.</summary>
    public Initializer WeightInit { get; set; }

    /// <summary>The value of every weight under <see cref="Initializer.Constant"/>.</summary>
    public double WeightValue { get; set; }

    /// <summary>The biases' first values.</summary>
    public Initializer BiasInit { get; set; }

    /// <summary>The value of every bias under <see cref="Initializer.Constant"/>.</summary>
    public double BiasValue { get; set; }
}
