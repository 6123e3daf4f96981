namespace NetGen.Tests.Maths;

/// <content>The functions as types, and those that the base library does not have in double precision.</content>
public sealed partial class VectorMathTests
{
    public interface IFunction
    {
        static abstract T Apply<T>(T x) where T : struct, IVector<T>;
    }

    public readonly struct Exp : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Exp(x);
    }

    public readonly struct Expm1 : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Expm1(x);
    }

    public readonly struct Log : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Log(x);
    }

    public readonly struct Log1p : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Log1p(x);
    }

    public readonly struct Log1pOfFraction : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Log1pOfFraction(x);
    }

    public readonly struct Tanh : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Tanh(x);
    }

    public readonly struct Sigmoid : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Sigmoid(x);
    }

    public readonly struct Gate : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Gate(x);
    }

    public readonly struct NormalCdf : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.NormalCdf(x);
    }

    public readonly struct Erf : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Erf(x);
    }

    public readonly struct Sin : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Sin(x);
    }

    public readonly struct Cos : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Cos(x);
    }

    public readonly struct Tan : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Tan(x);
    }

    public readonly struct Asin : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Asin(x);
    }

    public readonly struct Acos : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Acos(x);
    }

    public readonly struct Atan : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Atan(x);
    }

    public readonly struct Sinh : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Sinh(x);
    }

    public readonly struct Cosh : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Cosh(x);
    }

    public readonly struct Cbrt : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Cbrt(x);
    }

    /// <summary>Of two arguments with different bits.</summary>
    public readonly struct PowOfOther : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Pow(VectorMath.Atan(x), T.Create(3) - x);
    }

    /// <summary>Of two arguments with different bits.</summary>
    public readonly struct Atan2OfOther : IFunction
    {
        public static T Apply<T>(T x) where T : struct, IVector<T> => VectorMath.Atan2(x, T.Create(1) - VectorMath.Tanh(x));
    }

    internal static class Reference
    {
        public static double Expm1(double x) =>
            // Kahan's form: what the rounding of eˣ lost is divided out.
            Math.Abs(x) < 1e-8 ? x : Math.Exp(x) is var u && Math.Abs(x) < 0.5 ? (u - 1) * x / Math.Log(u) : Math.Exp(x) - 1;

        public static double Log1p(double x) =>
            Math.Abs(x) < 1e-8 ? x * (1 - x / 2) : 1 + x is var u && Math.Abs(x) < 0.5 ? Math.Log(u) * x / (u - 1) : Math.Log(1 + x);

        /// <summary>The series e^(-x²)·2x/√π·Σ (2x²)ⁿ/(2n+1)!!, whose terms are all positive.</summary>
        public static double NormalCdf(double x) => (1 + Erf(x * Math.Sqrt(0.5))) / 2;

        public static double Erf(double x)
        {
            if (Math.Abs(x) > 6)
                return Math.Sign(x);

            double term = x, sum = x;
            for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
            {
                term *= 2 * x * x / (2 * n + 1);
                sum += term;
            }

            return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }
    }
}
