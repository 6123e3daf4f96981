namespace NetGen;

/// <summary>
/// y = F(x, constants), element by element, where F is a static method with <see cref="DifferentiableAttribute"/> that takes and returns
/// <c>float</c>: <c>[Activation(nameof(Swish), 1.5)]</c>. A function of the same formula as one of NetGen's own activations is that
/// activation, to the last bit.
/// </summary>
/// <remarks>
/// With <see cref="Trainable"/> the constants are what parameters start with: a single one is called <c>weight</c> in files, several are
/// called as the function calls them. They do not decay by default. The documentation in docs/differentiable.md has the language of functions.
/// </remarks>
/// <param name="function">The function's name; the function stands in the class or a type around it, unless <see cref="In"/> says where.</param>
/// <param name="constants">The function's further arguments, in order.</param>
public sealed class ActivationAttribute(string function, params double[] constants) : LayerAttribute
{
    /// <summary>The function's name.</summary>
    public string Function { get; } = function;

    /// <summary>The function's further arguments, in order.</summary>
    public double[] Constants { get; } = constants;

    /// <summary>The type that the function stands in, where that is neither the class nor one around it.</summary>
    public Type? In { get; set; }

    /// <summary>Whether the constants are trained, starting from what they are. False unless set.</summary>
    public bool Trainable { get; set; }

    /// <summary>Whether each channel, or element of a vector, has trained constants of its own. False unless set.</summary>
    public bool PerChannel { get; set; }
}

/// <summary>
/// The mean over all elements of F(output, target, constants), where F is a static method with <see cref="DifferentiableAttribute"/> that takes
/// and returns <c>float</c>: <c>[Loss(nameof(Squared))]</c>. A function of the same formula as one of NetGen's own losses is computed as that
/// one is, to the last bit. There need not be a derivative by the target.
/// <para>
/// A function of all outputs at once, <c>F([Elements(n)] ReadOnlySpan&lt;float> outputs, [Elements(n)] ReadOnlySpan&lt;float> targets,
/// constants)</c>, judges a sample as a whole, or each step of a sequence; the loss is the mean over samples and steps.
/// </para>
/// </summary>
/// <param name="function">The function's name; the function stands in the class or a type around it, unless <see cref="In"/> says where.</param>
/// <param name="constants">The function's further arguments, in order.</param>
public sealed class LossAttribute(string function, params double[] constants) : ObjectiveAttribute
{
    /// <summary>The function's name.</summary>
    public string Function { get; } = function;

    /// <summary>The function's further arguments, in order.</summary>
    public double[] Constants { get; } = constants;

    /// <summary>The type that the function stands in, where that is neither the class nor one around it.</summary>
    public Type? In { get; set; }

    /// <summary>
    /// Whether a sample's loss is the sum over its elements instead of their mean; of a function of a row, the sum over the steps of a sequence.
    /// False unless set.
    /// </summary>
    public bool Sum { get; set; }
}
