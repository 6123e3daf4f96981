using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>A loss that is a function of the user's in all outputs and targets of a row.</summary>
internal static class RowFunction
{
    /// <summary>How many operations are written one after the other: more would be a method that the JIT no longer optimises.</summary>
    private const int MostOperations = 2000;

    public static Loss CreateLoss(LayerContext loss, FunctionForm form, IReadOnlyList<Expression> constants)
    {
        Shape row = ClassLossLayers.RowOf(loss);
        int length = row.Length, wanted = form.Parameters.Count - 2;
        string elements = FormattableString.Invariant($"[Elements({length})]");
        string? flaw = form switch
        {
            { Precision: NumberType.Double } => "it computes in double precision and networks in single: write 'float'",
            _ when form.Parameters.Take(2).Any(parameter => parameter.Count is null) =>
                "it takes elements and a single number: write one of output and target, or elements of both",
            _ when form.Parameters.Skip(2).Any(parameter => parameter.Count is not null) =>
                "it takes more elements than those of outputs and targets: write constants",
            _ when wanted != constants.Count => FormattableString.Invariant(
                $"it takes {wanted} numbers beside outputs and targets, but {constants.Count} are written: write {wanted} behind the name"),
            _ when row.Rank > 1 => $"it takes a row of outputs, and the output is {row}: write [Flatten], or [Dense], before it",
            _ when form.Parameters.Take(2).Any(parameter => parameter.Count != length) => FormattableString.Invariant(
                $"it takes {form.Parameters[0].Count} outputs and {form.Parameters[1].Count} targets, and there are {length}: ")
                + $"write {elements} before both",
            _ => null,
        };
        if (flaw is not null)
            FunctionLayers.DoesNotFit(loss, "function", flaw);
        FunctionLayers.CheckConstants(loss);
        bool isSum = loss.Flag("Sum", fallback: false);
        if (isSum && !loss.Input.Shape.IsSequence)
            FunctionLayers.DoesNotFit(loss, "Sum", "it takes all outputs of a sample at once, and there is nothing to sum: leave Sum out");
        FunctionDerivatives function = FunctionDerivatives.Of(loss.HasErrors ? 0 : Bound(form, constants), Outputs(length));
        if (!loss.HasErrors && OperationsOf(function) > MostOperations)
        {
            FunctionLayers.DoesNotFit(loss, "function", FormattableString.Invariant(
                $"written out, it and its derivatives are more than {MostOperations} operations: compute it where StepFromOutputGradient is called"));
        }

        string summary = FunctionLayers.Summary(loss);
        return new FunctionLoss(isSum ? $"{summary} summed" : summary, function) { Times = isSum ? loss.Input.Shape[0] : 1 };
    }

    private static Variable[] Outputs(int length) => [.. Enumerable.Range(0, length).Select(FunctionLoss.OutputAt)];

    private static Expression Bound(FunctionForm form, IReadOnlyList<Expression> constants)
    {
        var bindings = new Dictionary<string, Expression>();
        foreach ((FunctionParameter parameter, Func<int, Variable> of) in form.Parameters.Zip(
            new Func<int, Variable>[] { FunctionLoss.OutputAt, FunctionLoss.TargetAt }, (parameter, of) => (parameter, of)))
        {
            int i = 0;
            foreach (Variable variable in parameter.Variables)
                bindings.Add(variable.Name, of(i++));
        }

        foreach ((FunctionParameter parameter, Expression constant) in form.Parameters.Skip(2)
            .Zip(constants, (parameter, constant) => (parameter, constant)))
            bindings.Add(parameter.Name, constant);
        return form.Value.Substitute(bindings);
    }

    private static int OperationsOf(FunctionDerivatives function) =>
        ExpressionLowering.CountUses([function.Value, .. function.Gradient]).Keys.Count(part => part.Operands.Count > 0);
}
