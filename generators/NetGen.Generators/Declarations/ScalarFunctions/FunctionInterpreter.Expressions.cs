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
    /// Whether the compiler rounded a constant on the way to it: 2 / MathF.PI, or (float)0.1. What it was made of has more digits, as long as
    /// it is of a float's magnitude.
    /// </summary>
    private static bool IsFolded(IOperation operation, object? constant) =>
        constant is float single && single != 0 && !float.IsInfinity(single) && !float.IsNaN(single)
        && operation is IBinaryOperation { OperatorMethod: null } or IUnaryOperation { OperatorMethod: null } or IConversionOperation
        {
            Operand.ConstantValue.HasValue: true, Operand.Type.SpecialType: SpecialType.System_Double or SpecialType.System_Single,
        };

    private Meaning? Constant(object? value, IOperation place) => value switch
    {
        bool truth => truth ? Truth.Yes : Truth.No,
        float when place is IFieldReferenceOperation { Field: var field } && FunctionLibrary.Constant(field) is { } exact => new Numeric(exact),
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
            (Whole(var value), SpecialType.System_Int32) => new Whole(unchecked((int)value)),
            (Whole whole, SpecialType.System_Int64 or SpecialType.System_IntPtr) => whole,
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
            (UnaryOperatorKind.Minus, Whole(var value)) => new Whole(-value),
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
        {
            // Behind an answer that is known nothing is evaluated, as in C#.
            Truth result = (binary.OperatorKind, condition) switch
            {
                (BinaryOperatorKind.ConditionalAnd, Truth.Known { Value: false }) => condition,
                (BinaryOperatorKind.ConditionalOr, Truth.Known { Value: true }) => condition,
                (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And, _) => Truth.And(condition, Condition(binary.RightOperand)),
                (BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or, _) => Truth.Or(condition, Condition(binary.RightOperand)),
                (BinaryOperatorKind.Equals, _) => Same(condition, Condition(binary.RightOperand)),
                (BinaryOperatorKind.NotEquals or BinaryOperatorKind.ExclusiveOr, _) => Truth.Not(Same(condition, Condition(binary.RightOperand))),
                _ => throw NoOperator(binary),
            };
            return Limited(result, binary);
        }

        Meaning right = Evaluate(binary.RightOperand);
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
                or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals =>
                Compare(binary.OperatorKind, left, right, binary),
            _ => Arithmetic(binary.OperatorKind, left, right, binary),
        };

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
        if ((left, right) is (Whole(var m), Whole(var n)) && place.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64)
        {
            long result = kind switch
            {
                BinaryOperatorKind.Add => unchecked(m + n),
                BinaryOperatorKind.Subtract => unchecked(m - n),
                BinaryOperatorKind.Multiply => unchecked(m * n),
                BinaryOperatorKind.Divide when n is not (0 or -1) => m / n,
                BinaryOperatorKind.Remainder when n is not (0 or -1) => m % n,
                _ => throw NoOperator(place),
            };
            return new Whole(place.Type.SpecialType == SpecialType.System_Int32 ? unchecked((int)result) : result);
        }

        // A sign that was chosen by a condition is a whole number, too, which has no quotients here.
        bool isNumber = place.Type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;
        if (!isNumber && (place.Type?.SpecialType is not SpecialType.System_Int32 || kind is BinaryOperatorKind.Divide))
            throw NoOperator(place);
        (Expression a, Expression b) = (Number(left, place), Number(right, place));
        return new Numeric(Made(
            kind switch
            {
                BinaryOperatorKind.Add => a + b,
                BinaryOperatorKind.Subtract => a - b,
                BinaryOperatorKind.Multiply => a * b,
                BinaryOperatorKind.Divide => a / b,
                _ => throw NoOperator(place),
            },
            place.Syntax));
    }

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
