namespace NetGen.Optimizers;

/// <summary>
/// What an optimizer does with one vector of weights: the formula alone, with the step's constants in its fields.
/// </summary>
/// <remarks>
/// It knows nothing of memory, so the same struct serves the sweep over a finished gradient and a training kernel that
/// still holds the gradient in registers.
/// </remarks>
public interface IUpdateRule
{
    /// <summary>How many numbers are remembered per weight, 0 to 3. States beyond that are neither read nor kept.</summary>
    static abstract int StateCount { get; }

    /// <summary>
    /// Whether a gradient of zero leaves weights and what is remembered as they are, to the bit: then only the rows of an embedding are updated
    /// whose tokens occur.
    /// False unless a rule says so.
    /// </summary>
    static virtual bool RestsWithoutGradient => false;

    /// <summary>The new weights.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="weight">The weights before the step.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="first">The first remembered number, updated.</param>
    /// <param name="second">The second, updated.</param>
    /// <param name="third">The third, updated.</param>
    T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>;
}

/// <summary>
/// Code that works with whichever rule an optimizer has: a generic method called with the rule's own type, so that the
/// JIT compiles it for that rule.
/// </summary>
public interface IRuleKernel
{
    /// <summary>Called once with the rule of the current step.</summary>
    /// <typeparam name="TRule">The rule's type.</typeparam>
    /// <param name="rule">The rule with this step's constants.</param>
    void Run<TRule>(TRule rule) where TRule : struct, IUpdateRule;
}
