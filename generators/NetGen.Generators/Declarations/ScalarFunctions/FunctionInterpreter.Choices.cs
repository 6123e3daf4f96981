using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

// Choices by conditions and patterns, and calls.
internal sealed partial class FunctionInterpreter
{
    private Meaning Choose(Truth condition, Func<Meaning> then, Func<Meaning> otherwise, IOperation place)
    {
        Meaning chosen = condition is Truth.Known(var holds) ? (holds ? then : otherwise)() : Merged(condition, then(), otherwise(), place);
        return chosen is Row
            ? throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, place, "one of several arrays or spans", "choose between their elements")
            : chosen;
    }

    private static Truth Limited(Truth truth, IOperation place) => truth.Size <= LargestCondition ? truth : throw Refused(
        DiagnosticDescriptors.FunctionTooLarge, place, $"a condition of more than {LargestCondition} comparisons");

    private Meaning Switch(ISwitchExpressionOperation choice)
    {
        Meaning value = Evaluate(choice.Value);
        return Arm(0);

        Meaning Arm(int i)
        {
            // No arm fits: C# throws, and a function has no value there.
            if (i == choice.Arms.Length)
                return new Numeric(double.NaN);
            ISwitchExpressionArmOperation arm = choice.Arms[i];
            Truth condition = Matches(arm.Pattern, value);
            if (arm.Guard is { } guard)
                condition = Truth.And(condition, Condition(guard));
            return Choose(condition, () => Evaluate(arm.Value), () => Arm(i + 1), choice);
        }
    }

    private Truth Matches(IPatternOperation pattern, Meaning value)
    {
        Step(pattern);
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return Truth.Yes;
            case IDeclarationPatternOperation { MatchesNull: true, DeclaredSymbol: { } local }:
                _locals[local] = value;
                return Truth.Yes;
            case IConstantPatternOperation constant when value is Truth truth && Evaluate(constant.Value) is Truth.Known(var expected):
                return expected ? truth : Truth.Not(truth);
            case IConstantPatternOperation { Value.ConstantValue.Value: double.NaN or float.NaN }:
                // What is not a number is a pattern that it fits itself, other than with ==.
                return Truth.Not(Compare(BinaryOperatorKind.Equals, value, value, pattern));
            case IConstantPatternOperation constant:
                return Compare(BinaryOperatorKind.Equals, value, Evaluate(constant.Value), pattern);
            case IRelationalPatternOperation relational:
                return Compare(relational.OperatorKind, value, Evaluate(relational.Value), pattern);
            case INegatedPatternOperation negated:
                return Truth.Not(Matches(negated.Pattern, value));
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Truth.And(Matches(both.LeftPattern, value), Matches(both.RightPattern, value));
            case IBinaryPatternOperation either:
                return Truth.Or(Matches(either.LeftPattern, value), Matches(either.RightPattern, value));
            default:
                throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, pattern, "this kind of pattern", "compare with constants");
        }
    }

    private Meaning Call(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        var arguments = new Meaning[method.Parameters.Length];
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.None or RefKind.In } parameter)
                throw Refused(DiagnosticDescriptors.CallWithoutDerivative, invocation, method.Name);
            arguments[parameter.Ordinal] = Evaluate(argument.Value);
        }

        if (FunctionLibrary.IsHome(method.ContainingType))
        {
            Expression[] numbers = [.. arguments.Select(argument => Number(argument, invocation))];
            return new Numeric(Made(
                FunctionLibrary.Call(method.Name, numbers) ?? throw Refused(DiagnosticDescriptors.CallWithoutDerivative, invocation, method.Name),
                invocation.Syntax));
        }

        FunctionForm form = library.FormOf(method, invocation);
        var bindings = new Dictionary<string, Expression>();
        foreach ((FunctionParameter parameter, int i) in form.Parameters.Select((parameter, i) => (parameter, i)))
        {
            Expression[] elements = arguments[i] is Row row ? [.. row.Elements] : [Number(arguments[i], invocation)];
            Variable[] variables = [.. parameter.Variables];
            if (elements.Length != variables.Length)
            {
                throw Refused(DiagnosticDescriptors.ElementOutside, invocation,
                    $"{elements.Length} elements for '{parameter.Name}', which has {variables.Length}", "pass as many as it has");
            }

            for (int k = 0; k < variables.Length; k++)
                bindings[variables[k].Name] = elements[k];
        }

        return new Numeric(Made(form.Value.Substitute(bindings), invocation.Syntax));
    }
}
