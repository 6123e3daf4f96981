namespace NetGen.Generators.Graph;

/// <summary>What a network's outputs are; the names are those of the runtime's <c>OutputMeaning</c>, which says more.</summary>
internal enum OutputMeaning
{
    Unknown,
    Values,
    LogRates,
    Logits,
    Probabilities,
    Signs,
    Margins,
    ClassLogits,
    ClassProbabilities,
    ClassScores,
}
