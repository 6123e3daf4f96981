using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Tables of numbers that follow from the step and the feature alone. Generated code calls it once, or once for each training step.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PositionTables
{
    /// <summary>Writes rows [from, to): sin and cos of t / base^(2i / features), side by side.</summary>
    /// <param name="table">The first row.</param>
    /// <param name="row">Floats from one row to the next.</param>
    /// <param name="features">The elements of a row.</param>
    /// <param name="base">How much longer the longest wave is than the shortest, nearly.</param>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Sinusoidal(ref float table, int row, int features, float @base, int from, int to)
    {
        for (int t = from; t < to; t++)
        {
            for (int f = 0; f < features; f++)
            {
                double angle = Angle(t, f / 2, features, @base);
                Unsafe.Add(ref table, (nint)t * row + f) = (float)(f % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }
        }
    }

    /// <summary>Writes rows [from, to) of the cosines of the angles by which pairs of features are turned.</summary>
    /// <param name="table">The first row.</param>
    /// <param name="row">Floats from one row to the next.</param>
    /// <param name="features">The elements of a row, an even number.</param>
    /// <param name="base">How much longer the longest wave is than the shortest, nearly.</param>
    /// <param name="isHalved">Whether the features of a pair are half a row apart, instead of neighbours.</param>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void RotaryCosines(ref float table, int row, int features, float @base, bool isHalved, int from, int to)
    {
        for (int t = from; t < to; t++)
        {
            for (int f = 0; f < features; f++)
                Unsafe.Add(ref table, (nint)t * row + f) = (float)Math.Cos(Angle(t, PairOf(f, features, isHalved), features, @base));
        }
    }

    /// <summary>Writes rows [from, to) of the sines of these angles, negative for the first feature of a pair.</summary>
    /// <param name="table">The first row.</param>
    /// <param name="row">Floats from one row to the next.</param>
    /// <param name="features">The elements of a row, an even number.</param>
    /// <param name="base">How much longer the longest wave is than the shortest, nearly.</param>
    /// <param name="isHalved">Whether the features of a pair are half a row apart, instead of neighbours.</param>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void RotarySines(ref float table, int row, int features, float @base, bool isHalved, int from, int to)
    {
        for (int t = from; t < to; t++)
        {
            for (int f = 0; f < features; f++)
            {
                bool isFirst = isHalved ? f < features / 2 : f % 2 == 0;
                double sine = Math.Sin(Angle(t, PairOf(f, features, isHalved), features, @base));
                Unsafe.Add(ref table, (nint)t * row + f) = (float)(isFirst ? -sine : sine);
            }
        }
    }

    private static int PairOf(int feature, int features, bool isHalved) => isHalved ? feature % (features / 2) : feature / 2;

    private static double Angle(int step, int pair, int features, double @base) => step * Math.Pow(@base, -2.0 * pair / features);
}
