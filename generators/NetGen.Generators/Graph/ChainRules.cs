using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Graph.Layers;

namespace NetGen.Generators.Graph;

/// <summary>What must hold of a chain as a whole, before any layer is looked at: one input, first; one loss, last.</summary>
internal static class ChainRules
{
    /// <summary>The input's shape, or null where it cannot be known; and what is wrong with the order of the attributes.</summary>
    public static (Shape? Input, IReadOnlyList<NetworkDiagnostic> Mistakes) Check(NetworkDeclaration declaration)
    {
        var mistakes = new List<NetworkDiagnostic>();
        CheckKinds(declaration, mistakes);
        CheckLosses(declaration, mistakes);
        CheckActivations(declaration, mistakes);
        return (CheckInput(declaration, mistakes), mistakes);
    }

    private static Shape? CheckInput(NetworkDeclaration declaration, List<NetworkDiagnostic> mistakes)
    {
        AttributeDeclaration? input = declaration.Attributes.FirstOrDefault(attribute => attribute.Kind == "Input");
        if (input is null)
        {
            mistakes.Add(new(DiagnosticDescriptors.NoInput, declaration.Place, declaration.Name));
            return null;
        }

        if (!ReferenceEquals(input, declaration.Attributes[0]))
            mistakes.Add(new(DiagnosticDescriptors.InputNotFirst, input.Place, declaration.Attributes[0].Kind));

        ArgumentDeclaration? dimensions = input.Argument("dimensions");
        Shape? shape = InputShape(input, dimensions, mistakes);
        foreach (AttributeDeclaration second in declaration.Attributes.Where(a => a.Kind == "Input" && a != input))
        {
            string sizes = string.Join(", ", second.Argument("dimensions")?.Numbers.Select(size => Words.Of(size)) ?? []);
            mistakes.Add(new(DiagnosticDescriptors.SecondInput, second.Place, $"Input({sizes})"));
        }

        if (declaration.Attributes.All(attribute => attribute.Kind == "Input" || LayerTable.Losses.ContainsKey(attribute.Kind)))
            mistakes.Add(new(DiagnosticDescriptors.NoLayers, input.Place, declaration.Name));
        return shape;
    }

    private static Shape? InputShape(
        AttributeDeclaration input, ArgumentDeclaration? dimensions, List<NetworkDiagnostic> mistakes)
    {
        double[] sizes = [.. dimensions?.Numbers ?? default];
        if (dimensions is null || sizes.Length is 0 or > 3)
        {
            mistakes.Add(new(DiagnosticDescriptors.InputRank, input.Place, Words.Of(sizes.Length)));
            return null;
        }

        bool inRange = true;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] is >= 1 and <= Limits.MaximumExtent)
                continue;
            inRange = false;
            mistakes.Add(new(
                DiagnosticDescriptors.ValueOutOfRange, dimensions.PlaceOf(i),
                "Input", $"dimension {i}", Limits.Range(1, Limits.MaximumExtent), Words.Of(sizes[i])));
        }

        if (!inRange)
            return null;
        if (Limits.Exceeds(sizes) is { } size)
        {
            mistakes.Add(new(
                DiagnosticDescriptors.TooLarge, input.Place,
                "Input", "one sample", string.Join("×", sizes.Select(Words.Of)), size, Words.Of(Limits.MaximumFloats)));
            return null;
        }

        int[] extents = [.. sizes.Select(length => (int)length)];
        return extents.Length == 2 ? new Shape(1, extents[0], extents[1]) : new Shape(extents);
    }

    /// <summary>Only NetGen's own attributes have a meaning; classes derived from them have none.</summary>
    private static void CheckKinds(NetworkDeclaration declaration, List<NetworkDiagnostic> mistakes)
    {
        foreach (AttributeDeclaration attribute in declaration.Attributes)
        {
            if (attribute.Kind != "Input"
                && !LayerTable.Layers.ContainsKey(attribute.Kind)
                && !LayerTable.Losses.ContainsKey(attribute.Kind))
            {
                mistakes.Add(new(DiagnosticDescriptors.UnknownLayer, attribute.Place, attribute.Kind));
            }
        }
    }

    private static void CheckLosses(NetworkDeclaration declaration, List<NetworkDiagnostic> mistakes)
    {
        AttributeDeclaration? loss = null;
        foreach (AttributeDeclaration attribute in declaration.Attributes)
        {
            bool isLoss = LayerTable.Losses.ContainsKey(attribute.Kind);
            if (loss is not null && isLoss)
                mistakes.Add(new(DiagnosticDescriptors.SecondLoss, attribute.Place, attribute.Kind, loss.Kind));
            else if (loss is not null && LayerTable.Layers.ContainsKey(attribute.Kind))
                mistakes.Add(new(DiagnosticDescriptors.LayerAfterLoss, attribute.Place, attribute.Kind, loss.Kind));
            else if (isLoss)
                loss = attribute;
        }
    }

    private static void CheckActivations(NetworkDeclaration declaration, List<NetworkDiagnostic> mistakes)
    {
        for (int i = 1; i < declaration.Attributes.Count; i++)
        {
            AttributeDeclaration first = declaration.Attributes[i - 1];
            AttributeDeclaration second = declaration.Attributes[i];
            if (LayerTable.IsActivation(first.Kind) && LayerTable.IsActivation(second.Kind))
                mistakes.Add(new(DiagnosticDescriptors.ActivationAfterActivation, second.Place, second.Kind, first.Kind));
        }
    }
}
