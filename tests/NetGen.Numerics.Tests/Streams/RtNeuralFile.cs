using System.Globalization;
using System.Text.Json;

namespace NetGen.Numerics.Tests.Streams;

/// <summary>A network's file as RTNeural writes it: a list of Keras' layers with their weights, or PyTorch's <c>state_dict</c>.</summary>
internal sealed class RtNeuralFile(string name)
{
    private readonly JsonElement _root = JsonDocument.Parse(File.ReadAllText(PathOf($"{name}.json"))).RootElement;

    /// <summary>Numbers of a CSV file, a row for each line.</summary>
    internal static float[][] Rows(string file) =>
    [
        .. File.ReadLines(PathOf(file)).Select(line => line.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray()),
    ];

    /// <summary>One of the weights of a Keras layer, its rows one after the other, and how many there are.</summary>
    internal (float[] Values, int Rows) Weights(int layer, int weight)
    {
        JsonElement nested = _root.GetProperty("layers")[layer].GetProperty("weights")[weight];
        return ([.. Flat(nested)], nested.GetArrayLength());
    }

    /// <summary>Loads a Keras layer's kernel, [in][out], and its bias into a network's [out, in].</summary>
    internal void LoadDense(int layer, ParameterBlock parameters, string name)
    {
        (float[] kernel, int inputs) = Weights(layer, 0);
        parameters[$"{name}.weight"].CopyFrom(Transposed(kernel, inputs));
        if (_root.GetProperty("layers")[layer].GetProperty("weights").GetArrayLength() > 1)
            parameters[$"{name}.bias"].CopyFrom(Weights(layer, 1).Values);
    }

    /// <summary>Loads a convolution's kernel, [taps][in][out], into [out, in, taps].</summary>
    internal void LoadConvolution(int layer, ParameterBlock parameters, string name)
    {
        (float[] kernel, int taps) = Weights(layer, 0);
        float[] bias = Weights(layer, 1).Values;
        int inputs = kernel.Length / taps / bias.Length;
        parameters[$"{name}.weight"].CopyFrom([.. Enumerable.Range(0, kernel.Length).Select(i =>
            kernel[((((i % taps) * inputs) + (i / taps % inputs)) * bias.Length) + (i / taps / inputs)])]);
        parameters[$"{name}.bias"].CopyFrom(bias);
    }

    /// <summary>Loads a normalisation: scale, shift, mean and variance, or the latter two alone.</summary>
    internal void LoadNorm(int layer, ParameterBlock parameters, string name)
    {
        string[] tensors = _root.GetProperty("layers")[layer].GetProperty("weights").GetArrayLength() == 4
            ? ["weight", "bias", "running_mean", "running_var"]
            : ["running_mean", "running_var"];
        for (int i = 0; i < tensors.Length; i++)
            parameters[$"{name}.{tensors[i]}"].CopyFrom(Weights(layer, i).Values);
    }

    /// <summary>Loads a recurrent layer, whose gates Keras has in this order of PyTorch's.</summary>
    internal void LoadRecurrent(int layer, ParameterBlock parameters, string name, int[] gates)
    {
        (float[] kernel, int inputs) = Weights(layer, 0);
        (float[] recurrent, int units) = Weights(layer, 1);
        (float[] bias, int rows) = Weights(layer, 2);
        bool hasBoth = rows == 2;
        parameters[$"{name}.weight_ih_l0"].CopyFrom(InOrder(Transposed(kernel, inputs), units * inputs));
        parameters[$"{name}.weight_hh_l0"].CopyFrom(InOrder(Transposed(recurrent, units), units * units));
        parameters[$"{name}.bias_ih_l0"].CopyFrom(InOrder(bias[..(gates.Length * units)], units));
        parameters[$"{name}.bias_hh_l0"].CopyFrom(hasBoth ? InOrder(bias[(gates.Length * units)..], units) : new float[gates.Length * units]);

        float[] InOrder(float[] values, int length) => [.. gates.SelectMany(gate => values[(gate * length)..((gate + 1) * length)])];
    }

    /// <summary>Loads a <c>state_dict</c> by its names.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="prefix">What their names begin with and those of the file do not.</param>
    internal void LoadByName(ParameterBlock parameters, string prefix = "")
    {
        foreach (ParameterTensor tensor in parameters)
            tensor.CopyFrom([.. Flat(_root.GetProperty(tensor.Name[prefix.Length..]))]);
    }

    private static float[] Transposed(float[] values, int rows) =>
        [.. Enumerable.Range(0, values.Length).Select(i => values[((i % rows) * (values.Length / rows)) + (i / rows)])];

    private static IEnumerable<float> Flat(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray().SelectMany(Flat)
        : [element.GetSingle()];

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Reference", "rtneural", file);
}
