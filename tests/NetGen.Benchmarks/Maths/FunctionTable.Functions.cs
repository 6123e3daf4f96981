using System.Numerics.Tensors;

namespace NetGen.Benchmarks.Maths;

/// <content>The functions, as types, so that each loop is compiled for its own.</content>
internal static partial class FunctionTable
{
    private static IReadOnlyList<Row> Rows =>
    [
        Of<ExactExp, FastExp>("Exp", Math.Exp, static (x, y) => TensorPrimitives.Exp(x, y), -10, 10),
        Of<ExactLog, FastLog>("Log", Math.Log, static (x, y) => TensorPrimitives.Log(x, y), 0.001f, 100f),
        Of<ExactTanh, FastTanh>("Tanh", Math.Tanh, static (x, y) => TensorPrimitives.Tanh(x, y), -6, 6),
        Of<ExactSigmoid, FastSigmoid>("Sigmoid", x => 1 / (1 + Math.Exp(-x)), static (x, y) => TensorPrimitives.Sigmoid(x, y), -10, 10),
        Of<ExactExpm1, FastExpm1>("Expm1", VectorMath.Expm1, static (x, y) => TensorPrimitives.ExpM1(x, y), -6, 6),
        Of<ExactLog1p, FastLog1p>("Log1p", VectorMath.Log1p, static (x, y) => TensorPrimitives.LogP1(x, y), -0.9f, 50f),
        Of<ExactErf, FastErf>("Erf", VectorMath.Erf, null, -4, 4),
        Of<ExactNormalCdf, FastNormalCdf>("NormalCdf", VectorMath.NormalCdf, null, 0, 5),
        Of<ExactGate, FastGate>("Gate", x => 1 / (1 + Math.Exp(-x)), null, 0, 10),
        Of<ExactSin, None>("Sin", Math.Sin, static (x, y) => TensorPrimitives.Sin(x, y), -30, 30),
        Of<ExactCos, None>("Cos", Math.Cos, static (x, y) => TensorPrimitives.Cos(x, y), -30, 30),
        Of<ExactTan, None>("Tan", Math.Tan, static (x, y) => TensorPrimitives.Tan(x, y), -30, 30),
        Of<ExactAsin, None>("Asin", Math.Asin, static (x, y) => TensorPrimitives.Asin(x, y), -1, 1),
        Of<ExactAcos, None>("Acos", Math.Acos, static (x, y) => TensorPrimitives.Acos(x, y), -1, 1),
        Of<ExactAtan, None>("Atan", Math.Atan, static (x, y) => TensorPrimitives.Atan(x, y), -20, 20),
        Of<ExactSinh, None>("Sinh", Math.Sinh, static (x, y) => TensorPrimitives.Sinh(x, y), -6, 6),
        Of<ExactCosh, None>("Cosh", Math.Cosh, static (x, y) => TensorPrimitives.Cosh(x, y), -6, 6),
        Of<ExactCbrt, None>("Cbrt", Math.Cbrt, static (x, y) => TensorPrimitives.Cbrt(x, y), -50, 50),
    ];

    private interface IFunction
    {
        static abstract T Of<T>(T x) where T : struct, IVector<T>;
    }

    private readonly struct None : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => x;
    }

    private readonly struct ExactExp : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Exp(x);
    }

    private readonly struct FastExp : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => FastMath.Exp(x);
    }

    private readonly struct ExactLog : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Log(x);
    }

    private readonly struct FastLog : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => FastMath.Log(x);
    }

    private readonly struct ExactTanh : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Tanh(x);
    }

    private readonly struct FastTanh : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => FastMath.Tanh(x);
    }

    private readonly struct ExactSigmoid : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Sigmoid(x);
    }

    private readonly struct FastSigmoid : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => FastMath.Sigmoid(x);
    }

    private readonly struct ExactExpm1 : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Expm1(x);
    }

    private readonly struct FastExpm1 : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => FastMath.Expm1(x);
    }

    private readonly struct ExactLog1p : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Log1p(x);
    }

    private readonly struct FastLog1p : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => FastMath.Log1p(x);
    }

    private readonly struct ExactErf : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Erf(x);
    }

    private readonly struct FastErf : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => FastMath.Erf(x);
    }

    private readonly struct ExactNormalCdf : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.NormalCdf(x);
    }

    private readonly struct FastNormalCdf : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => FastMath.NormalCdf(x);
    }

    private readonly struct ExactGate : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Gate(x);
    }

    private readonly struct FastGate : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => FastMath.Gate(x);
    }

    private readonly struct ExactSin : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Sin(x);
    }

    private readonly struct ExactCos : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Cos(x);
    }

    private readonly struct ExactTan : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Tan(x);
    }

    private readonly struct ExactAsin : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Asin(x);
    }

    private readonly struct ExactAcos : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Acos(x);
    }

    private readonly struct ExactAtan : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Atan(x);
    }

    private readonly struct ExactSinh : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Sinh(x);
    }

    private readonly struct ExactCosh : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Cosh(x);
    }

    private readonly struct ExactCbrt : IFunction
    {
        public static T Of<T>(T x) where T : struct, IVector<T> => VectorMath.Cbrt(x);
    }
}
