namespace NetGen.Optimizers;

/// <summary>A function to minimise, with its gradient.</summary>
/// <param name="point">Where.</param>
/// <param name="gradient">As many numbers as the point has, overwritten by the partial derivatives.</param>
/// <returns>The value; a point where the function does not exist gives NaN or infinity, and is then avoided.</returns>
public delegate double ObjectiveFunction(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>A function to minimise, with its gradient and its second derivatives.</summary>
/// <param name="point">Where, n numbers.</param>
/// <param name="gradient">n numbers, overwritten by the partial derivatives.</param>
/// <param name="hessian">n rows of n numbers, overwritten by the second derivatives, a symmetrical matrix.</param>
/// <returns>The value; a point where the function does not exist gives NaN or infinity, and is then avoided.</returns>
public delegate double CurvedObjectiveFunction(ReadOnlySpan<double> point, Span<double> gradient, Span<double> hessian);

/// <summary>Functions whose sum of squares is to be minimised, with their derivatives.</summary>
/// <param name="point">Where, n numbers.</param>
/// <param name="residuals">The m values, overwritten.</param>
/// <param name="jacobian">
/// The derivatives, m rows of n numbers: the i-th residual's by the j-th parameter stands at i·n + j. Empty where they are not wanted.
/// </param>
public delegate void ResidualFunction(ReadOnlySpan<double> point, Span<double> residuals, Span<double> jacobian);
