using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>What every network has beside the members that are generated for it.</summary>
public static class ModelExtensions
{
    /// <summary>Saves a network as one delivers it: its parameters, with class names and scalings, in one safetensors file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file, replaced as a whole once everything is written.</param>
    /// <param name="card">Class names and scalings.</param>
    /// <exception cref="ArgumentException">The card does not fit the network; the message says what does not, and nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    public static void Save<TNetwork>(this TNetwork network, string path, ModelCard card) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(card);
        new Model<TNetwork>(network, card).Save(path);
    }

    /// <inheritdoc cref="Model{TNetwork}.PredictProbabilities"/>
    /// <param name="network">The network.</param>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> floats, scaled as those that it was trained with.</param>
    /// <param name="probabilities">
    /// <see cref="INetwork{TSelf}.OutputLength"/> floats, overwritten. A network with a single output gives one, that of class 1, or two, those of
    /// class 0 and class 1.
    /// </param>
    [SkipLocalsInit]
    public static void PredictProbabilities<TNetwork>(this TNetwork network, ReadOnlySpan<float> input, Span<float> probabilities)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkDescription description = TNetwork.Description;
        if (description.OutputPoints.Count > 1)
        {
            throw new InvalidOperationException(
                $"{description.Name} has several outputs: make a Model of it and say which, model[\"{description.OutputPoints[0].Name}\"], or use "
                + "Predict, which gives all.");
        }

        OutputMeaning meaning = description.Outputs;
        Probabilities.Check(description.Name, meaning, description.OutputLength, probabilities);
        Span<float> outputs = probabilities.Length == TNetwork.OutputLength ? probabilities : stackalloc float[1];
        network.Predict(input, outputs);
        Probabilities.Of(outputs, meaning, probabilities);
    }
}
