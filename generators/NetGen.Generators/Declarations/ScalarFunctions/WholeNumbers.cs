using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>Arithmetic of the whole numbers that count and index. Nothing wraps around: what has no room in its type is refused.</summary>
internal static class WholeNumbers
{
    // Up to these every whole number is one of a function's own.
    private const double MostOfFloats = 1 << 24;

    public static bool Are(ITypeSymbol? type) => Range(type) is not null;

    /// <summary>Whether a type has a number.</summary>
    public static bool HasRoomFor(BigInteger number, ITypeSymbol? type) => Range(type) is var (low, high) && number >= low && number <= high;

    /// <summary>Whether an <c>int</c> that depends on conditions is never larger than its type, and exact in the function's numbers.</summary>
    public static bool HasRoomFor(Expression number, NumberType precision)
    {
        Interval interval = Interval.Of(number);
        double most = precision == NumberType.Single ? MostOfFloats : int.MaxValue;
        return interval.Low >= -most && interval.High <= most;
    }

    /// <summary>What two of them make; null where that is none.</summary>
    public static BigInteger? Result(BinaryOperatorKind kind, long m, long n) => kind switch
    {
        BinaryOperatorKind.Add => (BigInteger)m + n,
        BinaryOperatorKind.Subtract => (BigInteger)m - n,
        BinaryOperatorKind.Multiply => (BigInteger)m * n,
        BinaryOperatorKind.Divide when n != 0 => (BigInteger)m / n,
        BinaryOperatorKind.Remainder when n != 0 => (BigInteger)m % n,
        _ => null,
    };

    // What fits an nint on every machine.
    private static (long Low, long High)? Range(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_SByte => (sbyte.MinValue, sbyte.MaxValue),
        SpecialType.System_Byte => (byte.MinValue, byte.MaxValue),
        SpecialType.System_Int16 => (short.MinValue, short.MaxValue),
        SpecialType.System_UInt16 => (ushort.MinValue, ushort.MaxValue),
        SpecialType.System_Int32 or SpecialType.System_IntPtr => (int.MinValue, int.MaxValue),
        SpecialType.System_UInt32 => (uint.MinValue, uint.MaxValue),
        SpecialType.System_Int64 => (long.MinValue, long.MaxValue),
        _ => null,
    };
}
