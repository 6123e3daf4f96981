namespace NetGen.Generators.Expressions;

// Vectors of numbers in double precision.
internal abstract partial class VectorDialect
{
    private sealed class DoubleVector() : FrameworkVector("Vector", "double", "Vector<double>.Count")
    {
        public override bool HasMultiplyAdd => false;

        // The base library's exponentials of vectors have other bits than those of numbers, and there are few of them.
        public override bool Has(Expression part) =>
            part is Variable or Expressions.Constant or Expressions.Add or Expressions.Multiply or Expressions.Divide or Expressions.Negate
                or Expressions.Min or Expressions.Max or Expressions.Abs or Expressions.Sqrt or Sign or Floor or Round or Expressions.Select;

        public override string LoadBefore(string reference, string offset, string end) => Load(reference, offset);

        public override string StoreBefore(string value, string reference, string offset, string end) => Store(value, reference, offset);

        public override string KeepBefore(string value, string offset, string end) => value;

        public override string Constant(double value) => FloatLiteral.OfDouble(value) switch
        {
            "0d" => Zero,
            "1d" => One,
            var literal => Broadcast(literal),
        };

        public override string MultiplyAdd(string a, string b, string c) => $"Vector.FusedMultiplyAdd({a}, {b}, {c})";

        public override string Max(string left, string right) => $"Vector.Max({left}, {right})";

        public override string Min(string left, string right) => $"Vector.Min({left}, {right})";

        public override string MaxOfConstant(string constant, string value) => Max(value, constant);

        public override string MinOfConstant(string constant, string value) => Min(value, constant);

        // Of vectors of any width it has the long name.
        public override string Sqrt(string operand) => $"{Class}.SquareRoot({operand})";

        public override string DeclareIsNumber(string condition, string value) => $"Vector<long> {condition} = Vector.Equals({value}, {value})";

        // Floor and Round.
        public override string Call(string function, string argument, Grade grade) => $"Vector.{function}({argument})";
    }
}
