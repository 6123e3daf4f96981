using System.Globalization;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Activations and losses that are functions of the user's.</summary>
internal static class FunctionLayers
{
    public static readonly LayerKind Activation = new("Activation", Build) { IsActivation = true };

    public static readonly LossKind Loss = new("Loss", CreateLoss);

    private static readonly double[] s_places = [-3.1, -0.7, 0.6, 2.3];

    private static void Build(LayerContext layer)
    {
        bool isTrained = layer.Flag("Trainable", fallback: false), isPerChannel = layer.Flag("PerChannel", fallback: false);
        IReadOnlyList<double> constants = layer.Numbers("constants");
        if (isTrained && constants.Count == 0)
            DoesNotFit(layer, "Trainable", "there is nothing to train: write the numbers that training starts from behind the name");
        else if (isPerChannel && !isTrained)
            DoesNotFit(layer, "PerChannel", "constants are the same everywhere: write Trainable = true, too, or leave it out");
        Expression[] names = isTrained
            ? [.. constants.Select((_, i) => (Expression)new Variable(constants.Count == 1 ? "w" : FormattableString.Invariant($"w{i + 1}")))]
            : [.. constants.Select(constant => (Expression)constant)];
        if (Bound(layer, [Expressions.Activation.Input], names) is not { } value)
            return;

        Value output = layer.NewValue("activation", layer.Input.Shape);
        MapOperand input = MapOperand.Same(Expressions.Activation.Input.Name, layer.Input);
        layer.Add(isTrained
            ? new Map(layer.Name, output, value, [input, .. Trained(layer, constants, isPerChannel)])
            {
                IsRectifier = Activations.OfFormula(StartOf(value, names, constants))?.IsRectifier == true,
            }
            : new Map(layer.Name, output, Simplifier.Simplify(value), [input])
            {
                Activation = Activations.OfFormula(value) ?? new Activation(layer.Function.Name, value),
            });
        layer.Finish(output, Summary(layer), output.Shape.Length, Values(isTrained ? StartOf(value, names, constants) : value));
    }

    /// <summary>
    /// Values at a few places, which tell a function from another of the same name in whatever way either is written.
    /// </summary>
    private static string Values(Expression function) => string.Join(", ", s_places.Select(place => string.Format(
        CultureInfo.InvariantCulture, "{0} → {1:G4}", place, function.Evaluate((Expressions.Activation.Input.Name, place)) + 0)));

    /// <summary>The formula as training finds it.</summary>
    private static Expression StartOf(Expression value, IReadOnlyList<Expression> names, IReadOnlyList<double> constants) => value.Substitute(
        names.Zip(constants, (name, constant) => (((Variable)name).Name, constant))
            .ToDictionary(pair => pair.Name, pair => (Expression)pair.constant));

    private static IEnumerable<MapOperand> Trained(LayerContext layer, IReadOnlyList<double> constants, bool isPerChannel)
    {
        FunctionParameter[] parameters = [.. layer.Function.Form!.Parameters.Skip(1)];
        var shape = new Shape(isPerChannel ? layer.Input.Shape[0] : 1);
        for (int i = 0; i < constants.Count; i++)
        {
            Parameter parameter = layer.NewParameter(
                constants.Count == 1 ? "weight" : parameters[i].Name, shape, new Initialisation("Constant", constants[i], 1, 1), decays: false);
            yield return MapOperand.Along(constants.Count == 1 ? "w" : FormattableString.Invariant($"w{i + 1}"), parameter, 0);
        }
    }

    private static Loss CreateLoss(LayerContext loss)
    {
        Expression[] constants = [.. loss.Numbers("constants").Select(constant => (Expression)constant)];
        if (loss.Function.Form is { } form && form.Parameters.Take(2).Any(parameter => parameter.Count is not null))
            return RowFunction.CreateLoss(loss, form, constants);
        // After a mistake any loss will do: there is no code.
        if (Bound(loss, [ElementwiseLoss.Output, ElementwiseLoss.Target], constants) is not { } value)
            return new MeanLoss(loss.Kind, ElementwiseLosses.MeanSquaredError);
        ElementwiseLoss element = ElementwiseLosses.OfFormula(value) ?? new ElementwiseLoss(loss.Function.Name, value);
        if (!loss.Flag("Sum", fallback: false))
            return new MeanLoss(Summary(loss), element);
        // A mean over samples and elements, of which each counts as often as there are elements.
        int length = loss.Input.Shape.Length;
        return new MeanLoss(
            $"{Summary(loss)} summed", new ElementwiseLoss(element.Name, element.Value * length, element.Derivative * length));
    }

    public static string Summary(LayerContext layer) => Words.Call(layer.Function.Name, layer.Numbers("constants").Select(Words.OfSingle));

    /// <summary>The function of these variables and constants; null with a report where it is not one, or where there was one before.</summary>
    private static Expression? Bound(LayerContext layer, Variable[] variables, Expression[] constants)
    {
        if (layer.Function.Form is not { } form)
        {
            layer.Report(DiagnosticDescriptors.FunctionNotFound, "function", layer.Function.Name, layer.Function.Flaw ?? "");
            return null;
        }

        string arguments = variables.Length == 1 ? "the input" : "output and target";
        int wanted = form.Parameters.Count - variables.Length;
        string? flaw = form switch
        {
            { Precision: NumberType.Double } => "it computes in double precision and networks in single: write 'float'",
            _ when form.Parameters.Any(parameter => parameter.Count is not null) =>
                $"it takes more than single numbers: write one of {arguments} and constants",
            _ when wanted < 0 => $"it takes one number: write one of {arguments} and constants",
            _ when wanted != constants.Length => FormattableString.Invariant(
                $"it takes {wanted} numbers beside {arguments}, but {constants.Length} are written: write {wanted} behind the name"),
            _ => null,
        };
        if (flaw is not null)
        {
            DoesNotFit(layer, "function", flaw);
            return null;
        }

        CheckConstants(layer);
        var bindings = form.Parameters.Zip(variables.Concat(constants), (parameter, argument) => (parameter.Name, argument))
            .ToDictionary(pair => pair.Name, pair => pair.argument);
        Expression value = form.Value.Substitute(bindings);
        return layer.HasErrors ? null : value;
    }

    public static void CheckConstants(LayerContext layer)
    {
        IReadOnlyList<double> numbers = layer.Numbers("constants");
        for (int i = 0; i < numbers.Count; i++)
        {
            if (double.IsNaN(numbers[i]) || double.IsInfinity(numbers[i]))
                layer.ReportElement(
                    DiagnosticDescriptors.ValueOutOfRange, "constants", i, layer.Kind, "constants", "finite numbers", Words.Of(numbers[i]));
        }
    }

    public static void DoesNotFit(LayerContext layer, string argument, string flaw) =>
        layer.Report(DiagnosticDescriptors.FunctionDoesNotFit, argument, layer.Function.Name, layer.Kind.ToLowerInvariant(), flaw);
}
