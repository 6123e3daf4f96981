using System.Runtime.Intrinsics;

namespace NetGen.Maths;

/// <summary>
/// A vector with which sums of products are written once for every processor that has room for 16 vectors of up to 8 floats:
/// <see cref="F32xN"/>, and <see cref="F32x2x4"/> on Arm.
/// </summary>
/// <remarks>
/// Sums and factors are the registers themselves, as the JIT finds the shorter instructions for those (an operand from memory, a sum that stays
/// where it is) and not for structs around them; what becomes of a sum is written over the vector.
/// </remarks>
/// <typeparam name="TSelf">The vector.</typeparam>
/// <typeparam name="TSum">What holds its lanes: a register, or several.</typeparam>
public interface ISumVector<TSelf, TSum> : IVector<TSelf>
    where TSelf : struct, ISumVector<TSelf, TSum>
    where TSum : struct
{
    /// <summary>The sum of nothing.</summary>
    static abstract TSum Nothing { get; }

    /// <summary>A sum that begins with the value in every lane.</summary>
    static abstract TSum Begin(float value);

    /// <summary>Reads as <see cref="IVector{TSelf}.Load"/> does.</summary>
    static abstract TSum Read(ref readonly float source, nuint offset);

    /// <summary>
    /// A float as a factor of several products: in every lane, or where an instruction takes it from a single one, in that. For
    /// <see cref="AddProducts(TSum, TSum, TSum)"/> alone.
    /// </summary>
    static abstract TSum Factor(ref readonly float a);

    /// <summary>
    /// <c>factor * b + sum</c> with what <see cref="Factor"/> made of a float; rounded as
    /// <see cref="IVector{TSelf}.MultiplyAdd(TSelf, TSelf, TSelf)"/>.
    /// </summary>
    static abstract TSum AddProducts(TSum factor, TSum b, TSum sum);

    /// <summary>The same with the float where it stands.</summary>
    static abstract TSum AddProducts(ref readonly float factor, TSum b, TSum sum);

    /// <summary><c>a * b + sum</c>, lane by lane.</summary>
    static abstract TSum AddProduct(TSum a, TSum b, TSum sum);

    /// <summary>Two partial sums as one.</summary>
    static abstract TSum Join(TSum a, TSum b);

    /// <summary>The lanes of a sum added up.</summary>
    static abstract float Total(TSum sum);

    /// <summary>The lanes of four sums added up, each with the bits of <see cref="Total"/>.</summary>
    static abstract Vector128<float> Totals(TSum a, TSum b, TSum c, TSum d);

    /// <summary>The sum as a vector.</summary>
    static abstract TSelf Of(TSum sum);

    /// <summary>A vector as the beginning of a sum, or as a factor of <see cref="AddProduct"/>.</summary>
    static abstract TSum From(TSelf value);
}
