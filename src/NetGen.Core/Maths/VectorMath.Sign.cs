using System.Runtime.CompilerServices;

namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>1 above zero, -1 below, and zero itself at ±0.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="x">Any floats; one that is not a number counts by its sign bit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sign<T>(T x) where T : struct, IVector<T> =>
        T.Select(T.Equal(x, T.Create(0)), x, T.CopySign(T.Create(1), x));
}
