using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Graph.Layers;

namespace NetGen.Generators.Graph;

/// <summary>
/// What must hold of a class as a whole, before any layer is looked at: what stands where and in which order. Names of points
/// have rules of their own, <see cref="PointRules"/>.
/// </summary>
internal static class BodyRules
{
    /// <summary>What is wrong with a network.</summary>
    public static IReadOnlyList<Mistake> CheckNetwork(NetworkDeclaration network)
    {
        var mistakes = new List<Mistake>(Check(network, network.Blocks));
        bool hasInput = Inputs(network.Attributes).Any() || network.Points.Any(point => Inputs(point.Attributes).Any());
        if (!hasInput)
            mistakes.Add(new(DiagnosticDescriptors.NoInput, network.Place, network.Name));
        else if (network.Points.Count == 0 && network.Attributes.All(a => a.Kind == "Input" || LayerKinds.Loss(a.Kind) is not null))
            mistakes.Add(new(DiagnosticDescriptors.NoLayers, Inputs(network.Attributes).First().Place, network.Name));
        if (network.Points.Count > 0)
            CheckLossOnClass(network, mistakes);
        return mistakes;
    }

    /// <summary>What is wrong with a block, where it is declared.</summary>
    public static IReadOnlyList<Mistake> CheckBlock(NetworkDeclaration block)
    {
        var mistakes = new List<Mistake>(Check(block, block.Blocks));
        if (block.Points.Count == 0 && !PointNames.Layers(block.Attributes).Any())
            mistakes.Add(new(DiagnosticDescriptors.EmptyPoint, block.Place, "block", block.Name));
        return mistakes;
    }

    /// <summary>Whether a block cannot be used because of mistakes that are reported where it is declared.</summary>
    public static bool HaveErrors(BlockDeclaration block, EquatableArray<BlockDeclaration> blocks) =>
        Check(block, blocks).Any(mistake => mistake.IsError) || (block.Points.Count == 0 && !PointNames.Layers(block.Attributes).Any());

    private static IEnumerable<Mistake> Check(IBodyDeclaration body, EquatableArray<BlockDeclaration> blocks)
    {
        var mistakes = new List<Mistake>();
        CheckLayers(body.Attributes, mistakes);
        IReadOnlyList<PointDeclaration> outputs = PointNames.Outputs(body.Points);
        foreach (PointDeclaration point in body.Points)
        {
            CheckLayers(point.Attributes, mistakes);
            // An input may do without layers, but not where it would be an output, too.
            if (!PointNames.Layers(point.Attributes).Any() && (!Inputs(point.Attributes).Any() || outputs.Contains(point)))
                mistakes.Add(new(DiagnosticDescriptors.EmptyPoint, point.Place, "point", point.Name));
        }

        foreach (AttributeDeclaration layer in body.Points.Count > 0 ? PointNames.Layers(body.Attributes) : [])
            mistakes.Add(new(DiagnosticDescriptors.LayerOnClassWithPoints, layer.Place, layer.Kind, body.Name));
        if (body.IsBlock)
            CheckBlockHasNeither(body, mistakes);
        PointRules.Check(body, mistakes);
        BlockRules.Check(body, blocks, mistakes);
        return mistakes;
    }

    /// <summary>The rules of one list of attributes, on a class or on a point.</summary>
    private static void CheckLayers(EquatableArray<AttributeDeclaration> attributes, List<Mistake> mistakes)
    {
        CheckKinds(attributes, mistakes);
        CheckInputs(attributes, mistakes);
        CheckLosses(attributes, mistakes);
        CheckActivations(attributes, mistakes);
    }

    /// <summary>Only NetGen's own attributes have a meaning; classes derived from them have none.</summary>
    private static void CheckKinds(EquatableArray<AttributeDeclaration> attributes, List<Mistake> mistakes)
    {
        foreach (AttributeDeclaration attribute in attributes)
        {
            if (attribute.Kind is not ("Input" or "From" or "Output")
                && LayerKinds.Layer(attribute.Kind) is null
                && LayerKinds.Loss(attribute.Kind) is null)
            {
                mistakes.Add(new(DiagnosticDescriptors.UnknownLayer, attribute.Place, attribute.Kind));
            }
        }
    }

    private static void CheckInputs(EquatableArray<AttributeDeclaration> attributes, List<Mistake> mistakes)
    {
        AttributeDeclaration? input = Inputs(attributes).FirstOrDefault();
        AttributeDeclaration[] chain = [.. attributes.Where(attribute => attribute.Kind is not ("From" or "Output"))];
        if (input is not null && !ReferenceEquals(input, chain[0]))
            mistakes.Add(new(DiagnosticDescriptors.InputNotFirst, input.Place, chain[0].Kind));
        foreach (AttributeDeclaration second in Inputs(attributes).Skip(1))
        {
            string sizes = string.Join(", ", second.Argument("dimensions")?.Numbers.Select(Words.Of) ?? []);
            mistakes.Add(new(DiagnosticDescriptors.SecondInput, second.Place, $"Input({sizes})"));
        }
    }

    private static void CheckLosses(EquatableArray<AttributeDeclaration> attributes, List<Mistake> mistakes)
    {
        AttributeDeclaration? loss = null;
        foreach (AttributeDeclaration attribute in attributes)
        {
            bool isLoss = LayerKinds.Loss(attribute.Kind) is not null;
            if (loss is not null && isLoss)
                mistakes.Add(new(DiagnosticDescriptors.SecondLoss, attribute.Place, attribute.Kind, loss.Kind));
            else if (loss is not null && LayerKinds.Layer(attribute.Kind) is not null)
                mistakes.Add(new(DiagnosticDescriptors.LayerAfterLoss, attribute.Place, attribute.Kind, loss.Kind));
            else if (isLoss)
                loss = attribute;
        }
    }

    private static void CheckActivations(EquatableArray<AttributeDeclaration> attributes, List<Mistake> mistakes)
    {
        for (int i = 1; i < attributes.Count; i++)
        {
            AttributeDeclaration first = attributes[i - 1];
            AttributeDeclaration second = attributes[i];
            if (LayerKinds.Layer(first.Kind) is { IsActivation: true } && LayerKinds.Layer(second.Kind) is { IsActivation: true })
                mistakes.Add(new(DiagnosticDescriptors.ActivationAfterActivation, second.Place, second.Kind, first.Kind));
        }
    }

    /// <summary>Where the class's own loss is and which output it judges.</summary>
    private static void CheckLossOnClass(NetworkDeclaration network, List<Mistake> mistakes)
    {
        if (PointNames.Loss(network.Attributes) is not { } loss)
            return;
        IReadOnlyList<PointDeclaration> outputs = PointNames.Outputs(network.Points);
        if (outputs.Count > 1)
        {
            mistakes.Add(new(DiagnosticDescriptors.LossOfSeveralOutputs, loss.Place,
                loss.Kind, network.Name, string.Join(", ", outputs.Select(output => output.Name))));
        }
        else if (PointNames.Loss(outputs[0].Attributes) is { } own)
        {
            mistakes.Add(new(DiagnosticDescriptors.SecondLoss, own.Place, own.Kind, loss.Kind));
        }
    }

    private static void CheckBlockHasNeither(IBodyDeclaration block, List<Mistake> mistakes)
    {
        foreach (AttributeDeclaration attribute in block.Attributes.Concat(block.Points.SelectMany(point => point.Attributes)))
        {
            string? cure = attribute.Kind switch
            {
                "Input" => "a block takes its sizes from the input that it meets; remove it",
                "Output" => "its output is its last point; remove it, and move the point to the end",
                _ when LayerKinds.Loss(attribute.Kind) is not null => "a loss judges the output of a network; move it there",
                _ => null,
            };
            if (cure is not null)
                mistakes.Add(new(DiagnosticDescriptors.NotInBlock, attribute.Place, attribute.Kind, block.Name, cure));
        }
    }

    private static IEnumerable<AttributeDeclaration> Inputs(EquatableArray<AttributeDeclaration> attributes) =>
        attributes.Where(attribute => attribute.Kind == "Input");
}
