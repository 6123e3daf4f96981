namespace NetGen.Generators.Expressions;

// Single numbers.
internal abstract partial class VectorDialect
{
    private abstract class Number(string type) : VectorDialect(type, "1")
    {
        public override int? Width => 1;

        public override string Load(string reference, string offset) => $"Unsafe.Add(ref {reference}, {offset})";

        public override string Store(string value, string reference, string offset) => $"Unsafe.Add(ref {reference}, {offset}) = {value}";

        public override string LoadBefore(string reference, string offset, string end) => Load(reference, offset);

        public override string StoreBefore(string value, string reference, string offset, string end) => Store(value, reference, offset);

        public override string KeepBefore(string value, string offset, string end) => value;

        public override string Broadcast(string scalar) => scalar;

        public override string Sum(string value) => value;

        public override string Compare(Comparison comparison, string left, string right) =>
            $"{left} {(comparison == Comparison.Greater ? ">" : ">=")} {right}";

        public override string CompareReversed(Comparison comparison, string left, string right) =>
            $"{right} {(comparison == Comparison.Greater ? "<" : "<=")} {left}";

        public override string Select(string condition, string then, string otherwise) => $"{condition} ? {then} : {otherwise}";

        public override string DeclareIsNumber(string condition, string value) => $"bool {condition} = !{Type}.IsNaN({value})";
    }

    private sealed class Single() : Number("float")
    {
        public override string Zero => "0f";

        public override string One => "1f";

        public override string MultiplyAdd(string a, string b, string c) => $"float.MultiplyAddEstimate({a}, {b}, {c})";

        // The scalar forms of the base library came with .NET 10 only, hence the runtime library's.
        public override string MaxOfConstant(string constant, string value) => $"F32x1.Max({constant}, {value}).Value";

        public override string MinOfConstant(string constant, string value) => $"F32x1.Min({constant}, {value}).Value";

        public override string Abs(string operand) => $"MathF.Abs({operand})";

        public override string Sqrt(string operand) => $"MathF.Sqrt({operand})";
    }

    private sealed class DoubleNumber() : Number("double")
    {
        public override bool HasMultiplyAdd => false;

        public override string Zero => "0d";

        public override string One => "1d";

        public override string Constant(double value) => FloatLiteral.OfDouble(value);

        public override string MultiplyAdd(string a, string b, string c) => $"Math.FusedMultiplyAdd({a}, {b}, {c})";

        public override string Max(string left, string right) => $"Math.Max({left}, {right})";

        public override string Min(string left, string right) => $"Math.Min({left}, {right})";

        public override string MaxOfConstant(string constant, string value) => Max(value, constant);

        public override string MinOfConstant(string constant, string value) => Min(value, constant);

        public override string Abs(string operand) => $"Math.Abs({operand})";

        public override string Sqrt(string operand) => $"Math.Sqrt({operand})";

        // The base library's ExpM1 and LogP1 cancel near 0, and it has no error function.
        public override string Call(string function, string argument, Grade grade) =>
            function is nameof(Expm1) or nameof(Log1p) or nameof(Sigmoid) or nameof(Gate) or nameof(Erf) or nameof(NormalCdf)
                ? base.Call(function, argument, Grade.Exact)
                : $"Math.{function}({argument})";

        public override string Call(string function, string left, string right, Grade grade) => $"Math.{function}({left}, {right})";
    }
}
