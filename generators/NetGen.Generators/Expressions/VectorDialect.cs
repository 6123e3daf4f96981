namespace NetGen.Generators.Expressions;

/// <summary>
/// How one kind of vector spells its operations in C#. The only type that holds text of hardware APIs; kernels import the
/// namespaces of <see cref="Usings"/>.
/// </summary>
/// <remarks>
/// Methods take and return C# text. Arguments of calls may be any expression; those of <see cref="Add"/> and its like must bind
/// at least as tightly as the operator.
/// </remarks>
internal abstract partial class VectorDialect
{
    private VectorDialect(string type, string lanes)
    {
        Type = type;
        Lanes = lanes;
    }

    /// <summary><c>Vector512&lt;float></c>.</summary>
    public static VectorDialect Vector512 { get; } = new Concrete("Vector512", "F32x16", "Avx512F.FusedMultiplyAdd", width: 16);

    /// <summary>
    /// <c>Vector128&lt;float></c>. FusedMultiplyAdd promises a single rounding and is emulated in software where there is no such
    /// instruction (100 times slower); MultiplyAddEstimate takes the instruction where there is one (FMA on x86, always on Arm), two
    /// operations elsewhere: which of them is settled when the method is compiled, so that the bits are the same at every call.
    /// </summary>
    public static VectorDialect Vector128 { get; } = new Concrete("Vector128", "F32x4", "Vector128.MultiplyAddEstimate", width: 4);

    /// <summary>A type parameter <c>V</c> that stands for a vector of any width.</summary>
    public static VectorDialect Any { get; } = new Wrapped("V", width: null);

    /// <summary>Four lanes, which every processor has: what a layer of four outputs takes.</summary>
    public static VectorDialect Four { get; } = new Wrapped("F32x4", width: 4);

    /// <summary><c>float</c>.</summary>
    public static VectorDialect Scalar { get; } = new Single();

    /// <summary><c>double</c>, for functions in double precision; without multiply-adds, so that it rounds alike everywhere.</summary>
    public static VectorDialect Double { get; } = new DoubleNumber();

    /// <summary>
    /// <c>Vector&lt;double></c>, with the same operations as <see cref="Double"/> and so with the same bits. Loops end with the last whole vector.
    /// </summary>
    public static VectorDialect Doubles { get; } = new DoubleVector();

    /// <summary>Whether there is an operation for a part of an expression, apart from its operands.</summary>
    public virtual bool Has(Expression part) => true;

    /// <summary>Whether a · b + c is an operation of its own.</summary>
    public virtual bool HasMultiplyAdd => true;

    /// <summary>The namespaces whose names the text uses, with those names.</summary>
    public static IReadOnlyList<(string Namespace, string[] Names)> Usings { get; } =
    [
        ("System", ["Math.", "MathF."]),
        ("System.Numerics", ["Vector.", "Vector<"]),
        ("System.Runtime.CompilerServices", ["MethodImpl", "Unsafe."]),
        ("System.Runtime.InteropServices", ["MemoryMarshal."]),
        ("System.Runtime.Intrinsics", ["Vector512.", "Vector512<", "Vector128.", "Vector128<"]),
        ("System.Runtime.Intrinsics.Arm", ["AdvSimd."]),
        ("System.Runtime.Intrinsics.X86", ["Avx512F."]),
        ("NetGen.CompilerServices",
        [
            "CacheLine.", "Interleaving.", "LaneSums.", "RaggedEnd.", "Strided.", "Transposition.", "LossTerm ", "TrainingFrame ", "Worker ",
            "BlockedAttention.", "CachedAttention.", "DropoutMask.", "Embeddings.", "ImageLines.", "PositionTables.", "Samples.",
            "SequenceLengths.", "SoftmaxColumns.", "SoftmaxRows.",
            "CosineEmbeddingLoss.", "FocalLoss.", "KullbackLeiblerLoss.", "MultiClassHingeLoss.", "SoftmaxCrossEntropyLoss.",
        ]),
        ("NetGen.Maths", ["F32x", "FastMath.", "VectorMath."]),
    ];

    /// <summary>The type of a value: <c>Vector512&lt;float></c>, <c>V</c> or <c>float</c>.</summary>
    public string Type { get; }

    /// <summary>How many lanes there are, as C# text of type <c>nuint</c> or a literal.</summary>
    public string Lanes { get; }

    /// <summary>How many lanes there are, where that is known when the text is written.</summary>
    public virtual int? Width => null;

    /// <summary>The most lanes that a vector may have.</summary>
    public virtual int MostLanes => Width ?? 16;

    public bool IsScalar => Width == 1;

    public abstract string Zero { get; }

    public abstract string One { get; }

    /// <summary>A value read from <paramref name="offset"/> (a nuint) elements behind <paramref name="reference"/>.</summary>
    public abstract string Load(string reference, string offset);

    /// <summary>A value made of floats that are <paramref name="stride"/> apart.</summary>
    public virtual string LoadStrided(string reference, string offset, int stride) => Load(reference, offset);

    /// <summary>The statement, without semicolon, that writes <paramref name="value"/>.</summary>
    public abstract string Store(string value, string reference, string offset);

    /// <summary>A value of which only the elements before <paramref name="end"/> are read; zeros stand for the others.</summary>
    public abstract string LoadBefore(string reference, string offset, string end);

    /// <summary>The same where the end lies inside the vector.</summary>
    public virtual string LoadPart(string reference, string offset, string end) => LoadBefore(reference, offset, end);

    /// <summary>The statement, without semicolon, that writes the elements that lie before <paramref name="end"/>.</summary>
    public abstract string StoreBefore(string value, string reference, string offset, string end);

    /// <summary>The value with zeros in the lanes that, from <paramref name="offset"/> on, lie at <paramref name="end"/> or behind.</summary>
    public abstract string KeepBefore(string value, string offset, string end);

    /// <summary>The float <paramref name="scalar"/> in every lane.</summary>
    public abstract string Broadcast(string scalar);

    public virtual string Constant(double value) => FloatLiteral.Of(value) switch
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
    public abstract string MultiplyAdd(string a, string b, string c);

    /// <summary>a · b + c with the float at <paramref name="a"/> in every lane.</summary>
    public virtual string MultiplyAddBroadcast(string a, string b, string c) => MultiplyAdd(Broadcast(a), b, c);

    /// <summary>a · b + c with the float at <paramref name="a"/> in every lane, and b read as by <see cref="Load"/>.</summary>
    public virtual string MultiplyAddBroadcast(string a, string reference, string offset, string c) =>
        MultiplyAddBroadcast(a, Load(reference, offset), c);

    /// <summary>The larger of a constant and a value; NaN where the value is. A single instruction everywhere.</summary>
    public abstract string MaxOfConstant(string constant, string value);

    /// <summary>The smaller of a constant and a value; NaN where the value is. A single instruction everywhere.</summary>
    public abstract string MinOfConstant(string constant, string value);

    /// <summary>The larger; NaN where either is.</summary>
    public virtual string Max(string left, string right) => $"VectorMath.Max({left}, {right})";

    /// <summary>The smaller; NaN where either is.</summary>
    public virtual string Min(string left, string right) => $"VectorMath.Min({left}, {right})";

    public abstract string Abs(string operand);

    public abstract string Sqrt(string operand);

    /// <summary>The lanes added up.</summary>
    public abstract string Sum(string value);

    /// <summary>A condition, for use in <see cref="Select"/>.</summary>
    public abstract string Compare(Comparison comparison, string left, string right);

    /// <summary>The same condition read from the other side: <paramref name="right"/> is less.</summary>
    public abstract string CompareReversed(Comparison comparison, string left, string right);

    public abstract string Select(string condition, string then, string otherwise);

    /// <summary>The declaration, without semicolon, of a condition that holds where a value is a number.</summary>
    public abstract string DeclareIsNumber(string condition, string value);

    /// <summary>A function of one argument; the runtime library has those in single precision for every width, with the same bits.</summary>
    public virtual string Call(string function, string argument, Grade grade = Grade.Exact) => $"{Home(grade)}.{function}({argument})";

    /// <summary>A function of two arguments, or of more where the left ones are a list: Pow, Atan2, GatedTanh, GatedMix.</summary>
    public virtual string Call(string function, string left, string right, Grade grade = Grade.Exact) =>
        $"{Home(grade)}.{function}({left}, {right})";

    private static string Home(Grade grade) => grade == Grade.Fast ? "FastMath" : "VectorMath";

    /// <summary>A vector of the framework's: its static class, and the type of its numbers.</summary>
    private abstract class FrameworkVector(string @class, string element, string lanes) : VectorDialect($"{@class}<{element}>", lanes)
    {
        protected string Class { get; } = @class;

        public override string Zero => $"{Type}.Zero";

        public override string One => $"{Type}.One";

        public override string Load(string reference, string offset) => $"{Class}.LoadUnsafe(ref {reference}, {offset})";

        public override string Store(string value, string reference, string offset) => $"{Class}.StoreUnsafe({value}, ref {reference}, {offset})";

        public override string Broadcast(string scalar) => $"{Class}.Create({scalar})";

        public override string Abs(string operand) => $"{Class}.Abs({operand})";

        public override string Sqrt(string operand) => $"{Class}.Sqrt({operand})";

        public override string Sum(string value) => $"{Class}.Sum({value})";

        public override string Compare(Comparison comparison, string left, string right) =>
            $"{Class}.{(comparison == Comparison.Greater ? "GreaterThan" : "GreaterThanOrEqual")}({left}, {right})";

        public override string CompareReversed(Comparison comparison, string left, string right) =>
            $"{Class}.{(comparison == Comparison.Greater ? "LessThan" : "LessThanOrEqual")}({right}, {left})";

        public override string Select(string condition, string then, string otherwise) =>
            $"{Class}.ConditionalSelect({condition}, {then}, {otherwise})";
    }

    /// <summary>A hardware vector: its static class, the runtime library's wrapper of it, and its multiply-add.</summary>
    private sealed class Concrete(string @class, string wrapper, string multiplyAdd, int width) : FrameworkVector(@class, "float", $"{width}")
    {
        // As short as can be, for dozens of sums.
        public override string NoSum => "default";

        public override bool HasTotals => true;

        public override int? Width => width;

        public override string LoadStrided(string reference, string offset, int stride) =>
            $"Strided.Load<{wrapper}>(ref {reference}, {offset}, {stride}).Value";

        public override string LoadBefore(string reference, string offset, string end) =>
            $"RaggedEnd.Load<{wrapper}>(ref {reference}, {offset}, {end}).Value";

        public override string LoadPart(string reference, string offset, string end) =>
            $"RaggedEnd.LoadPart<{wrapper}>(ref {reference}, {offset}, {end}).Value";

        public override string StoreBefore(string value, string reference, string offset, string end) =>
            $"RaggedEnd.Store<{wrapper}>({value}, ref {reference}, {offset}, {end})";

        public override string KeepBefore(string value, string offset, string end) =>
            $"RaggedEnd.Keep<{wrapper}>({value}, {offset}, {end}).Value";

        public override string MultiplyAdd(string a, string b, string c) => $"{multiplyAdd}({a}, {b}, {c})";

        public override string MaxOfConstant(string constant, string value) => $"{Class}.MaxNative({constant}, {value})";

        public override string MinOfConstant(string constant, string value) => $"{Class}.MinNative({constant}, {value})";

        public override string DeclareIsNumber(string condition, string value) => $"{Type} {condition} = {Class}.Equals({value}, {value})";
    }

    /// <summary>A vector of the runtime library: its type, or a type parameter.</summary>
    private class Wrapped(string type, int? width) : VectorDialect(type, width?.ToString() ?? "lanes")
    {
        public override int? Width => width;

        public override string Zero => $"{Type}.Create(0f)";

        public override string One => $"{Type}.Create(1f)";

        public override string Load(string reference, string offset) => $"{Type}.Load(ref {reference}, {offset})";

        public override string LoadStrided(string reference, string offset, int stride) =>
            $"Strided.Load<{Type}>(ref {reference}, {offset}, {stride})";

        public override string Store(string value, string reference, string offset) => $"{Type}.Store({value}, ref {reference}, {offset})";

        public override string LoadBefore(string reference, string offset, string end) => $"RaggedEnd.Load<{Type}>(ref {reference}, {offset}, {end})";

        public override string LoadPart(string reference, string offset, string end) =>
            $"RaggedEnd.LoadPart<{Type}>(ref {reference}, {offset}, {end})";

        public override string StoreBefore(string value, string reference, string offset, string end) =>
            $"RaggedEnd.Store({value}, ref {reference}, {offset}, {end})";

        public override string KeepBefore(string value, string offset, string end) => $"RaggedEnd.Keep({value}, {offset}, {end})";

        public override string Broadcast(string scalar) => $"{Type}.Create({scalar})";

        public override string MultiplyAdd(string a, string b, string c) => $"{Type}.MultiplyAdd({a}, {b}, {c})";

        // What is read inside the inlined method can be an operand of the instruction; what is passed to it goes through a register.
        public override string MultiplyAddBroadcast(string a, string b, string c) => $"{Type}.MultiplyAdd(ref {a}, {b}, {c})";

        public override string MultiplyAddBroadcast(string a, string reference, string offset, string c) =>
            $"{Type}.MultiplyAdd(ref {a}, ref {reference}, {offset}, {c})";

        public override string MaxOfConstant(string constant, string value) => $"{Type}.Max({constant}, {value})";

        public override string MinOfConstant(string constant, string value) => $"{Type}.Min({constant}, {value})";

        public override string Abs(string operand) => $"{Type}.Abs({operand})";

        public override string Sqrt(string operand) => $"{Type}.Sqrt({operand})";

        public override string Sum(string value) => $"VectorMath.Sum({value})";

        public override string Compare(Comparison comparison, string left, string right) =>
            $"{Type}.{(comparison == Comparison.Greater ? "LessThan" : "LessThanOrEqual")}({right}, {left})";

        public override string CompareReversed(Comparison comparison, string left, string right) => Compare(comparison, left, right);

        public override string Select(string condition, string then, string otherwise) =>
            otherwise == Zero ? $"{Type}.And({condition}, {then})"
            : then == Zero ? $"{Type}.AndNot({condition}, {otherwise})"
            : $"{Type}.Select({condition}, {then}, {otherwise})";

        public override string DeclareIsNumber(string condition, string value) => $"{Type} {condition} = {Type}.Equal({value}, {value})";
    }
}
