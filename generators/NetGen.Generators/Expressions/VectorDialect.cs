namespace NetGen.Generators.Expressions;

/// <summary>
/// How one vector width spells its operations in C#. The only file that holds text of hardware APIs; generated files import <c>System.Runtime.Intrinsics.X86</c>,
/// <c>System.Runtime.Intrinsics</c> and <c>System.Runtime.CompilerServices</c>.
/// </summary>
/// <remarks>
/// Methods take and return C# text. Arguments of calls may be any expression; those of <see cref="Add"/> and its like must bind
/// at least as tightly as the operator.
/// </remarks>
internal sealed class VectorDialect
{
    private readonly string _multiplyAdd;

    private VectorDialect(int width, string multiplyAdd)
    {
        Width = width;
        Class = width == 1 ? "float" : $"Vector{width * 32}";
        Type = width == 1 ? "float" : $"{Class}<float>";
        _multiplyAdd = multiplyAdd;
    }

    public static VectorDialect Vector512 { get; } = new(16, "Avx512F.FusedMultiplyAdd");

    public static VectorDialect Vector256 { get; } = new(8, "Fma.MultiplyAdd");

    /// <summary>
    /// The portable width. FusedMultiplyAdd promises a single rounding and is emulated in software where there is no such
    /// instruction (100 times slower); MultiplyAddEstimate takes the instruction where there is one (FMA on x86, always on Arm), two
    /// operations elsewhere: which of them is settled when the method is compiled, so that the bits are the same at every call.
    /// </summary>
    public static VectorDialect Vector128 { get; } = new(4, "Vector128.MultiplyAddEstimate");

    public static VectorDialect Scalar { get; } = new(1, "float.MultiplyAddEstimate");

    public static IReadOnlyList<VectorDialect> All { get; } = [Vector512, Vector256, Vector128, Scalar];

    /// <summary>Floats per value: 16, 8, 4 or 1.</summary>
    public int Width { get; }

    /// <summary>The type of a value: <c>Vector512&lt;float></c>, or <c>float</c>.</summary>
    public string Type { get; }

    /// <summary>The class of the static operations: <c>Vector512</c>, or <c>float</c>.</summary>
    public string Class { get; }

    public bool IsScalar => Width == 1;

    public string Zero => IsScalar ? "0f" : $"{Type}.Zero";

    public string One => IsScalar ? "1f" : $"{Type}.One";

    /// <summary>A value read from <paramref name="offset"/> (a nuint) elements behind <paramref name="reference"/>.</summary>
    public string Load(string reference, string offset) => IsScalar
        ? $"Unsafe.Add(ref {reference}, {offset})"
        : $"{Class}.LoadUnsafe(ref {reference}, {offset})";

    /// <summary>The statement, without semicolon, that writes <paramref name="value"/>, a name or call.</summary>
    public string Store(string value, string reference, string offset) => IsScalar
        ? $"Unsafe.Add(ref {reference}, {offset}) = {value}"
        : $"{value}.StoreUnsafe(ref {reference}, {offset})";

    /// <summary>The float <paramref name="scalar"/> in every lane.</summary>
    public string Broadcast(string scalar) => IsScalar ? scalar : $"{Class}.Create({scalar})";

    public string Constant(double value) => FloatLiteral.Of(value) switch
    {
        "0f" => Zero,
        "1f" => One,
        var literal => Broadcast(literal),
    };

    public string Add(string left, string right) => $"{left} + {right}";

    public string Subtract(string left, string right) => $"{left} - {right}";

    public string Multiply(string left, string right) => $"{left} * {right}";

    public string Divide(string left, string right) => $"{left} / {right}";

    public string Negate(string operand) => $"-{operand}";

    /// <summary>a · b + c.</summary>
    public string MultiplyAdd(string a, string b, string c) => $"{_multiplyAdd}({a}, {b}, {c})";

    /// <summary>
    /// The larger. The native form is a single instruction everywhere, while Max adds a repair for NaN; its order matters only
    /// then: x86 returns <paramref name="right"/>, so passing the constant on the left lets a NaN through. The scalar form of
    /// the base library came with .NET 10 only, hence the runtime library's.
    /// </summary>
    public string Max(string left, string right) => IsScalar
        ? $"global::NetGen.Maths.F32x1.Max({left}, {right}).Value"
        : $"{Class}.MaxNative({left}, {right})";

    /// <summary>The smaller; see <see cref="Max"/> for NaN.</summary>
    public string Min(string left, string right) => IsScalar
        ? $"global::NetGen.Maths.F32x1.Min({left}, {right}).Value"
        : $"{Class}.MinNative({left}, {right})";

    public string Abs(string operand) => IsScalar ? $"global::System.MathF.Abs({operand})" : $"{Class}.Abs({operand})";

    public string Sqrt(string operand) => IsScalar ? $"global::System.MathF.Sqrt({operand})" : $"{Class}.Sqrt({operand})";

    /// <summary>A condition, for use in <see cref="Select"/>.</summary>
    public string Compare(Comparison comparison, string left, string right) => (IsScalar, comparison) switch
    {
        (true, Comparison.Greater) => $"{left} > {right}",
        (true, _) => $"{left} >= {right}",
        (false, Comparison.Greater) => $"{Class}.GreaterThan({left}, {right})",
        (false, _) => $"{Class}.GreaterThanOrEqual({left}, {right})",
    };

    /// <summary>The same condition read from the other side: <paramref name="right"/> is less.</summary>
    public string CompareReversed(Comparison comparison, string left, string right) => (IsScalar, comparison) switch
    {
        (true, Comparison.Greater) => $"{right} < {left}",
        (true, _) => $"{right} <= {left}",
        (false, Comparison.Greater) => $"{Class}.LessThan({right}, {left})",
        (false, _) => $"{Class}.LessThanOrEqual({right}, {left})",
    };

    public string Select(string condition, string then, string otherwise) => IsScalar
        ? $"{condition} ? {then} : {otherwise}"
        : $"{Class}.ConditionalSelect({condition}, {then}, {otherwise})";

    /// <summary>A function of the runtime library, overloaded for every width: Exp, Expm1, Log, Log1p, Tanh, Sigmoid, Erf.</summary>
    public string Call(string function, string argument) => $"global::NetGen.Maths.VectorMath.{function}({argument})";
}
