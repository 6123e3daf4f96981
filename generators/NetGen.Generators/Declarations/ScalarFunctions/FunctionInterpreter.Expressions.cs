using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

// What expressions mean.
internal sealed partial class FunctionInterpreter
{
    private Meaning Evaluate(IOperation operation)
    {
        Step(operation);
        if (operation.ConstantValue is { HasValue: true, Value: var constant } && !IsFolded(operation, constant)
            && Constant(constant, operation) is { } known)
            return known;
        RequireOwnPrecision(operation);
        return operation switch
        {
            IConversionOperation conversion => Convert(conversion),
            ILocalReferenceOperation local => _locals.TryGetValue(local.Local, out Meaning? value) ? value : throw new HalfTypedException(),
            IParameterReferenceOperation parameter => _locals.TryGetValue(parameter.Parameter, out Meaning? value)
                ? value
                : throw Refused(DiagnosticDescriptors.StateNotConstant, parameter, parameter.Parameter.Name),
            IUnaryOperation unary => Evaluate(unary),
            IBinaryOperation binary => Evaluate(binary),
            IConditionalOperation { WhenFalse: { } otherwise } conditional => Choose(
                Condition(conditional.Condition), () => Evaluate(conditional.WhenTrue), () => Evaluate(otherwise), conditional),
            ISwitchExpressionOperation choice => Switch(choice),
            IIsPatternOperation { Pattern: var pattern } test => Matches(pattern, Evaluate(test.Value)),
            IInvocationOperation invocation => Call(invocation),
            IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance } property when Evaluate(instance) is Row row =>
                new Whole(row.Elements.Count),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance, Arguments: [var index] } property =>
                new Numeric(Element(instance, index.Value)),
            IArrayElementReferenceOperation { Indices: [var index] } element => new Numeric(Element(element.ArrayReference, index)),
            IMemberReferenceOperation member => throw Refused(DiagnosticDescriptors.StateNotConstant, member, member.Member.Name),
            IArrayCreationOperation array => NewArray(array),
            ICollectionExpressionOperation collection => new Row(collection.Elements.Select(Number).ToEquatableArray(), IsParameter: false),
            IAssignmentOperation or IIncrementOrDecrementOperation => throw Refused(
                DiagnosticDescriptors.ExpressionNotInLanguage, operation, "an assignment within an expression", "give it a statement of its own"),
            IInvalidOperation => throw new HalfTypedException(),
            _ when operation.Syntax is StackAllocArrayCreationExpressionSyntax stack => NewArray(stack.Initializer, stack.Type, operation),
            _ when operation.Syntax is ImplicitStackAllocArrayCreationExpressionSyntax stack => NewArray(stack.Initializer, null, operation),
            _ => throw Refused(
                DiagnosticDescriptors.ExpressionNotInLanguage, operation, ExpressionWords(operation), "see docs/differentiable.md for what is"),
        };
    }

    private Expression Number(IOperation operation) => Number(Evaluate(operation), operation);

    private static Expression Number(Meaning meaning, IOperation place) => meaning switch
    {
        Numeric(var value) => value,
        Whole(var value) => value,
        Row => throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, place, "all elements at once", "use them one by one"),
        _ => throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, place, "a condition as a number", "choose between numbers by it"),
    };

    private Truth Condition(IOperation operation) => Evaluate(operation) as Truth ?? throw new HalfTypedException();

    /// <summary>
    /// In a function of doubles, what C# computes in <c>float</c> is rounded to that, and what is generated would not be. The other way round
    /// there is nothing to refuse: a function of floats is computed in floats throughout, as NetGen's kernels are.
    /// </summary>
    private void RequireOwnPrecision(IOperation operation)
    {
        bool rounds = operation switch
        {
            IConversionOperation { Operand.Type.SpecialType: SpecialType.System_Single } => false,
            IConversionOperation or IInvocationOperation or IBinaryOperation or ICompoundAssignmentOperation or IIncrementOrDecrementOperation =>
                operation.Type?.SpecialType == SpecialType.System_Single,
            _ => false,
        };
        if (precision == NumberType.Double && rounds)
        {
            throw Refused(
                DiagnosticDescriptors.ExpressionNotInLanguage, operation, "an operation in 'float' in a function of 'double'",
                "compute it in 'double'");
        }
    }

    /// <summary>
    /// Whether the compiler rounded a constant of a function of floats on the way to it: 2 / MathF.PI, or (float)0.1. What it was made of has more
    /// digits, as long as it is of a float's magnitude.
    /// </summary>
    private bool IsFolded(IOperation operation, object? constant) =>
        precision == NumberType.Single && constant is float single && single != 0 && !float.IsInfinity(single) && !float.IsNaN(single)
        && operation is IBinaryOperation { OperatorMethod: null } or IUnaryOperation { OperatorMethod: null } or IConversionOperation
        {
            Operand.ConstantValue.HasValue: true, Operand.Type.SpecialType: SpecialType.System_Double or SpecialType.System_Single,
        };

    private Meaning? Constant(object? value, IOperation place) => value switch
    {
        bool truth => truth ? Truth.Yes : Truth.No,
        float when precision == NumberType.Single && place is IFieldReferenceOperation { Field: var field }
            && FunctionLibrary.Constant(field) is { } exact => new Numeric(exact),
        // 0.1f is meant to be 0.1; the function rounds its constants to its own precision once, at the end.
        float single => new Numeric(precision == NumberType.Single ? ArgumentReader.AsWritten(single) : single),
        double number => new Numeric(number),
        sbyte or byte or short or ushort or int or uint or long => new Whole(System.Convert.ToInt64(value)),
        ulong or decimal or char or string =>
            throw Refused(
                DiagnosticDescriptors.ExpressionNotInLanguage, place, $"a {place.Type?.ToDisplayString()}", "write a number of the function's type"),
        _ => null,
    };

    private Meaning Convert(IConversionOperation conversion)
    {
        Meaning operand = Evaluate(conversion.Operand);
        return (operand, conversion.Type?.SpecialType) switch
        {
            (Row row, _) => row,
            (Truth truth, SpecialType.System_Boolean) => truth,
            (Numeric or Whole, SpecialType.System_Single or SpecialType.System_Double) => new Numeric(Number(operand, conversion)),
            (Whole(var value), _) when WholeNumbers.Are(conversion.Type) => Fitting(value, conversion),
            _ => throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, conversion,
                $"a conversion to '{conversion.Type?.ToDisplayString()}'", "round with Math.Floor or Math.Round, which give numbers"),
        };
    }

    private static IOperation Unconverted(IOperation operation) =>
        operation is IConversionOperation conversion ? Unconverted(conversion.Operand) : operation;

    private Meaning Evaluate(IUnaryOperation unary)
    {
        Meaning operand = Evaluate(unary.Operand);
        return (unary.OperatorKind, operand) switch
        {
            _ when unary.OperatorMethod is not null => throw NoOperator(unary),
            (UnaryOperatorKind.Plus, Numeric or Whole) => operand,
            (UnaryOperatorKind.Minus, Whole(var value)) => Fitting(WholeNumbers.Result(BinaryOperatorKind.Subtract, 0, value), unary),
            (UnaryOperatorKind.Minus, Numeric(var value)) => new Numeric(Made(-value, unary.Syntax)),
            (UnaryOperatorKind.Not, Truth truth) => Limited(Truth.Not(truth), unary),
            _ => throw NoOperator(unary),
        };
    }

    private Meaning Evaluate(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is not null)
            throw NoOperator(binary);
        Meaning left = Evaluate(binary.LeftOperand);
        if (left is Truth condition)
            return Logical(binary.OperatorKind, condition, binary.RightOperand, binary);

        Meaning right = Evaluate(binary.RightOperand);
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
                or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals =>
                Compare(binary.OperatorKind, left, right, binary),
            _ => Arithmetic(binary.OperatorKind, left, right, binary),
        };
    }

    private Truth Logical(BinaryOperatorKind kind, Truth left, IOperation right, IOperation place)
    {
        // Behind an answer that is known nothing is evaluated, as in C#.
        return Limited(
            (kind, left) switch
            {
                (BinaryOperatorKind.ConditionalAnd, Truth.Known { Value: false }) => left,
                (BinaryOperatorKind.ConditionalOr, Truth.Known { Value: true }) => left,
                (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And, _) => Truth.And(left, Condition(right)),
                (BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or, _) => Truth.Or(left, Condition(right)),
                (BinaryOperatorKind.Equals, _) => Same(left, Condition(right)),
                (BinaryOperatorKind.NotEquals or BinaryOperatorKind.ExclusiveOr, _) => Truth.Not(Same(left, Condition(right))),
                _ => throw NoOperator(place),
            },
            place);

        static Truth Same(Truth a, Truth b) => Truth.Of(a, b, Truth.Not(b));
    }

    private static Truth Compare(BinaryOperatorKind kind, Meaning left, Meaning right, IOperation place)
    {
        if ((left, right) is (Whole(var m), Whole(var n)))
        {
            return new Truth.Known(kind switch
            {
                BinaryOperatorKind.LessThan => m < n,
                BinaryOperatorKind.LessThanOrEqual => m <= n,
                BinaryOperatorKind.GreaterThan => m > n,
                BinaryOperatorKind.GreaterThanOrEqual => m >= n,
                BinaryOperatorKind.Equals => m == n,
                _ => m != n,
            });
        }

        (Expression a, Expression b) = (Number(left, place), Number(right, place));
        return kind switch
        {
            BinaryOperatorKind.LessThan => new Truth.Compared(a < b),
            BinaryOperatorKind.LessThanOrEqual => new Truth.Compared(a <= b),
            BinaryOperatorKind.GreaterThan => new Truth.Compared(a > b),
            BinaryOperatorKind.GreaterThanOrEqual => new Truth.Compared(a >= b),
            // Two comparisons, which a NaN fails as it fails this one.
            BinaryOperatorKind.Equals => Truth.And(new Truth.Compared(a >= b), new Truth.Compared(a <= b)),
            _ => Truth.Not(Truth.And(new Truth.Compared(a >= b), new Truth.Compared(a <= b))),
        };
    }

    private Meaning Arithmetic(BinaryOperatorKind kind, Meaning left, Meaning right, IOperation place)
    {
        if ((left, right) is (Whole(var m), Whole(var n)) && WholeNumbers.Are(place.Type))
            return Fitting(WholeNumbers.Result(kind, m, n), place);

        // A sign that was chosen by a condition is a whole number, too, which has no quotients here.
        bool isNumber = place.Type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;
        if (!isNumber && (place.Type?.SpecialType is not SpecialType.System_Int32 || kind is BinaryOperatorKind.Divide))
            throw NoOperator(place);
        (Expression a, Expression b) = (Number(left, place), Number(right, place));
        Expression result = Made(
            kind switch
            {
                BinaryOperatorKind.Add => a + b,
                BinaryOperatorKind.Subtract => a - b,
                BinaryOperatorKind.Multiply => a * b,
                BinaryOperatorKind.Divide => a / b,
                _ => throw NoOperator(place),
            },
            place.Syntax);
        return isNumber || WholeNumbers.HasRoomFor(result, precision) ? new Numeric(result) : throw Refused(
            DiagnosticDescriptors.ExpressionNotInLanguage, place, "a whole number of any size that conditions choose", "choose between real numbers");
    }

    /// <summary>A whole number, unless its type is too small for it: C# would go on with another, or throw.</summary>
    private static Whole Fitting(BigInteger? value, IOperation place) =>
        value is not { } number ? throw NoOperator(place)
        : WholeNumbers.HasRoomFor(number, place.Type) ? new Whole((long)number)
        : throw Refused(
            DiagnosticDescriptors.ExpressionNotInLanguage, place, $"the whole number {number} here",
            $"'{place.Type?.ToDisplayString()}' has no room for it");

    private static NotInLanguageException NoOperator(IOperation place) => Refused(
        DiagnosticDescriptors.ExpressionNotInLanguage, place, $"an operator of '{place.Type?.ToDisplayString()}' here",
        "numbers have +, -, *, / and comparisons, conditions &&, || and !");

    private static string ExpressionWords(IOperation operation) => operation switch
    {
        IObjectCreationOperation => "a new object",
        IAnonymousFunctionOperation or IDelegateCreationOperation => "a lambda",
        ITupleOperation or IDeconstructionAssignmentOperation => "a tuple",
        IThrowOperation => "an exception",
        IInstanceReferenceOperation => "'this'",
        IAwaitOperation => "'await'",
        _ => "this kind of expression",
    };
}
