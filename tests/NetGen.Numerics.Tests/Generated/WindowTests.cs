namespace NetGen.Numerics.Tests.Generated;

/// <summary>
/// A sequence that is trained window by window, from states that are inputs to states that are read where they end, is the sequence as a whole whose gradients are
/// truncated at the same steps: outputs, loss and every gradient.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class WindowTests
{
    private const int Features = 3;
    private const int Units = 7;

    // What only the order of sums makes of it.
    private const double Tolerance = 2e-6;

    private static readonly string[] s_layers = ["Rnn", "Rnn Relu = true", "Lstm", "Gru", "Gru ResetAfter = false"];
    private static readonly (int Steps, int Window)[] s_sizes = [(6, 2), (35, 7), (3, 1)];

    private static readonly Lazy<IReadOnlyList<Type>> s_types = new(() => NetworkCompiler.Compile(
        s_layers.SelectMany(layer => s_sizes.SelectMany(size => new[] { Source(layer, size.Steps, size.Window), Source(layer, size.Window, null) }))));

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string layer in s_layers)
            {
                for (int size = 0; size < s_sizes.Length; size++)
                    cases.Add(layer, size);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Windows_one_after_the_other_are_the_truncated_whole(string layer, int size)
    {
        const int Batch = 3;
        int at = 2 * ((Array.IndexOf(s_layers, layer) * s_sizes.Length) + size);
        (int steps, int window) = s_sizes[size];
        using INetworkUnderTest whole = NetworkUnderTest.Of(s_types.Value[at]), part = NetworkUnderTest.Of(s_types.Value[at + 1]);
        foreach (ParameterTensor tensor in whole.Parameters)
            part.Parameters[tensor.Name].CopyFrom(tensor.ToArray());

        var random = new Random(size);
        int states = layer == "Lstm" ? 2 * Units : Units;
        float[][] signals = Draw(steps * Features), starts = Draw(states), targets = Draw(steps * 2);
        float expected = whole.ComputeGradient([.. signals.Zip(starts, (signal, start) => (float[])[.. signal, .. start]).SelectMany(sample => sample)],
            [.. targets.SelectMany(target => target)], null, null);

        var sums = part.Parameters.ToDictionary(tensor => tensor.Name, tensor => new float[tensor.Length]);
        double loss = 0;
        for (int from = 0; from < steps; from += window)
        {
            float[] inputs = [.. signals.Zip(starts, (signal, start) =>
                (float[])[.. signal[(from * Features)..((from + window) * Features)], .. start]).SelectMany(sample => sample)];
            float[] wanted = [.. targets.SelectMany(target => target[(from * 2)..((from + window) * 2)])];
            loss += part.ComputeGradient(inputs, wanted, null, null) * window / steps;
            foreach (ParameterTensor tensor in part.Gradient)
            {
                float[] gradient = tensor.ToArray();
                for (int i = 0; i < gradient.Length; i++)
                    sums[tensor.Name][i] += gradient[i] * window / steps;
            }

            starts = part.ActivationAt("After", Batch);
        }

        Agree.Within(Tolerance, [expected], [(float)loss], "loss");
        foreach (ParameterTensor tensor in whole.Gradient)
            Agree.Within(Tolerance, tensor.ToArray(), sums[tensor.Name], $"gradient of {tensor.Name}");
        Agree.Within(Tolerance, [.. whole.ActivationAt("After", Batch).SelectMany(state => state)], [.. starts.SelectMany(state => state)], "last states");

        float[][] Draw(int length) =>
            [.. Enumerable.Range(0, Batch).Select(_ => (float[])[.. Enumerable.Range(0, length).Select(_ => (2 * random.NextSingle()) - 1)])];
    }

    // The states that a network ends with lie side by side as those that it begins with do.
    private static string Source(string layer, int steps, int? truncation)
    {
        string[] words = layer.Split(' ', 2);
        bool hasCell = words[0] == "Lstm";
        string settings = $"{Units}{(words.Length > 1 ? $", {words[1]}" : "")}{(truncation is null ? "" : $", Truncation = {truncation}")}";
        string end = !hasCell ? "[LastStep, Output] public partial Layer After { get; }" : """
            [LastStep] public partial Layer LastState { get; }
                [From(nameof(States)), LastCell] public partial Layer Cell { get; }
                [Concat(nameof(LastState), nameof(Cell)), Output] public partial Layer After { get; }
            """;
        return $$"""
            [Network(KeepPoints = true)]
            public partial class Network
            {
                [Input({{steps}}, {{Features}})] public partial Layer Signal { get; }
                [Input({{Units}})] public partial Layer Before { get; }
                {{(hasCell ? $"[Input({Units})] public partial Layer CellBefore {{ get; }}" : "")}}
                [From(nameof(Signal)), {{words[0]}}({{settings}}, InitialState = nameof(Before){{(hasCell ? ", InitialCell = nameof(CellBefore)" : "")}})]
                public partial Layer States { get; }
                {{end}}
                [From(nameof(States)), Dense(2), MeanSquaredError] public partial Layer Read { get; }
            }
            """;
    }
}
