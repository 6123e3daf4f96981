using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

// Values given to locals, and elements of spans and arrays.
internal sealed partial class FunctionInterpreter
{
    private void Assign(IOperation statement)
    {
        switch (statement)
        {
            case ISimpleAssignmentOperation { IsRef: false } assignment:
                Assign(assignment.Target, Stored(Evaluate(assignment.Value), assignment.Value));
                break;
            case ICompoundAssignmentOperation { OperatorMethod: null } assignment:
                RequireOwnPrecision(assignment);
                Meaning before = Evaluate(assignment.Target);
                Assign(assignment.Target, before is Truth truth
                    ? Logical(assignment.OperatorKind, truth, assignment.Value, assignment)
                    : Arithmetic(assignment.OperatorKind, before, Evaluate(assignment.Value), assignment));
                break;
            case IIncrementOrDecrementOperation { OperatorMethod: null } step:
                RequireOwnPrecision(step);
                BinaryOperatorKind kind = step.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
                Assign(step.Target, Arithmetic(kind, Evaluate(step.Target), new Whole(1), step));
                break;
            default:
                throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, statement, ExpressionWords(statement), "give one value to one local");
        }
    }

    private void Assign(IOperation target, Meaning value)
    {
        switch (target)
        {
            case ILocalReferenceOperation { Local.IsRef: false } local:
                _locals[local.Local] = value;
                break;
            case IParameterReferenceOperation { Parameter.RefKind: RefKind.None } parameter when value is Numeric or Whole:
                _locals[parameter.Parameter] = new Numeric(Number(value, target));
                break;
            case IPropertyReferenceOperation
            {
                Property.IsIndexer: true, Instance: ILocalReferenceOperation { Local: var row }, Arguments: [var index],
            }:
                SetElement(row, index.Value, value, target);
                break;
            case IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation { Local: var row }, Indices: [var index] }:
                SetElement(row, index, value, target);
                break;
            default:
                throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, target, "a value given to something outside the function",
                    "give it to a local and return that");
        }
    }

    private void SetElement(ILocalSymbol local, IOperation index, Meaning value, IOperation place)
    {
        if (!_locals.TryGetValue(local, out Meaning? found) || found is not Row row)
            throw new HalfTypedException();
        int i = Index(index, row);
        Expression[] elements = [.. row.Elements];
        elements[i] = Number(value, place);
        _locals[local] = row with { Elements = elements.ToEquatableArray() };
    }

    private Expression Element(IOperation instance, IOperation index)
    {
        if (Evaluate(instance) is not Row row)
            throw Refused(DiagnosticDescriptors.ExpressionNotInLanguage, instance, "an element of this", "take those of a span or an array");
        return row.Elements[Index(index, row)];
    }

    private int Index(IOperation index, Row row)
    {
        Meaning meaning = Evaluate(index);
        if (meaning is not Whole(var i))
            throw Refused(DiagnosticDescriptors.ElementOutside, index, "an index that is not a constant or a loop's counter", "write such an index");
        return i >= 0 && i < row.Elements.Count
            ? (int)i
            : throw Refused(DiagnosticDescriptors.ElementOutside, index, $"the index {i} of {row.Elements.Count} elements", "they count from 0");
    }

    private Row NewArray(IArrayCreationOperation array)
    {
        if (array.Initializer is { } initializer)
            return new Row(initializer.ElementValues.Select(Number).ToEquatableArray(), IsParameter: false);
        return array.DimensionSizes.Length == 1 ? Zeros(Evaluate(array.DimensionSizes[0]), array.DimensionSizes[0]) : throw Refused(
            DiagnosticDescriptors.ElementOutside, array, "an array of several dimensions", "use one of one dimension");
    }

    private Row NewArray(InitializerExpressionSyntax? initializer, TypeSyntax? type, IOperation operation)
    {
        SemanticModel model = operation.SemanticModel ?? throw new HalfTypedException();
        if (initializer is not null)
        {
            return new Row(
                initializer.Expressions.Select(element => Number(model.GetOperation(element, cancellation) ?? throw new HalfTypedException()))
                    .ToEquatableArray(),
                IsParameter: false);
        }

        ExpressionSyntax? size = (type as ArrayTypeSyntax)?.RankSpecifiers.FirstOrDefault()?.Sizes.FirstOrDefault();
        return size is not null && model.GetOperation(size, cancellation) is { } count
            ? Zeros(Evaluate(count), count)
            : throw new HalfTypedException();
    }

    private static Row Zeros(Meaning count, IOperation place) => count is Whole(var length and >= 0 and <= 10_000)
        ? new Row(Enumerable.Repeat((Expression)0, (int)length).ToEquatableArray(), IsParameter: false)
        : throw Refused(DiagnosticDescriptors.ElementOutside, place, "a length that is not a constant from 0 to 10000", "write such a length");
}
