namespace NetGen.Generators.Graph;

/// <summary>
/// A kind of layer: everything the language knows about it. Each is declared in the layer's own file and listed in
/// <c>LayerKinds</c>; nothing about a kind stands anywhere else.
/// </summary>
/// <param name="Name">The attribute's name without its suffix.</param>
/// <param name="Build">Infers the shape, reports what is wrong and adds the operations.</param>
internal sealed record LayerKind(string Name, Action<LayerContext> Build)
{
    /// <summary>What is known of its outputs, whatever its inputs are.</summary>
    public OutputRange? Range { get; init; }

    /// <summary>Whether its outputs are some of its inputs, so that what was known of these holds of them, too.</summary>
    public bool KeepsRange { get; init; }

    /// <summary>Whether it only changes the values of the layer before it; two in a row are seldom meant.</summary>
    public bool IsActivation { get; init; }

    /// <summary>Whether it starts from tokens, which others cannot reckon with.</summary>
    public bool ReadsTokens { get; init; }

    /// <summary>
    /// Whether its outputs within the length of a sequence are those of the shorter sequence alone: because it works step by step, or because it
    /// minds the length.
    /// </summary>
    public bool MindsLength { get; init; }

    /// <summary>Whether it joins named points.</summary>
    public bool IsJoin { get; init; }

    /// <summary>Whether it is a module of PyTorch's <c>Sequential</c> and takes a number there. What is written as a function takes none.</summary>
    public bool IsModule { get; init; } = true;

    /// <summary>The layer that is meant to stand before it where inputs have a shape that it does not take; null where none is.</summary>
    public Func<Shape, LayerKind?> Implies { get; init; } = _ => null;
}

/// <summary>What is left of a number behind a layer that bounds it.</summary>
/// <param name="Words">The range, as it follows "values".</param>
/// <param name="Meaning">What such outputs are where no loss reads them as something else.</param>
internal sealed record OutputRange(string Words, OutputMeaning Meaning = OutputMeaning.Values);

/// <summary>A kind of loss.</summary>
/// <param name="Name">The attribute's name without its suffix.</param>
/// <param name="Create">Reads the settings and reports what is wrong with them, and with the output it is given.</param>
internal sealed record LossKind(string Name, Func<LayerContext, Loss> Create);

/// <summary>What flows from one layer to the next: a tensor, and the layers that say what its numbers are.</summary>
/// <param name="Value">The tensor.</param>
/// <param name="Last">The kind of the layer that it left; null for an input.</param>
/// <param name="Bounding">The last layer that did not merely pass numbers on.</param>
internal sealed record Flow(Value Value, LayerKind? Last = null, LayerKind? Bounding = null)
{
    /// <summary>The cell of a recurrent layer behind every step, where it has one.</summary>
    public Value? Cell { get; init; }

    /// <summary>How many of the steps each sample has, where not all have all.</summary>
    public SequenceLength? Length { get; init; }

    /// <summary>What outputs are that no loss reads as something else.</summary>
    public OutputMeaning Meaning => Bounding?.Range?.Meaning switch
    {
        null => OutputMeaning.Values,
        OutputMeaning.ClassProbabilities when Value.Shape.Rank != 1 => OutputMeaning.Probabilities,
        { } meaning => meaning,
    };
}
