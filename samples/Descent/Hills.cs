using NetGen;

namespace Descent;

/// <summary>Functions of a few numbers; their derivatives are generated beside them.</summary>
internal static partial class Hills
{
    /// <summary>x² + 3xy + y² + z³.</summary>
    [Differentiable]
    public static double F(double x, double y, double z) => x * x + 3 * x * y + y * y + z * z * z;

    /// <summary>H. Rosenbrock's curved valley, 1960: its lowest point is (1, 1), and the way there is long for whoever sees slopes alone.</summary>
    [Differentiable(Hessian = true)]
    public static double Banana(double x, double y) => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
}
