using NetGen.Generators.Declarations;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Emission.Members;

/// <summary>Writes the methods that predict of a network whose input is a sequence of tokens, as whole numbers.</summary>
internal static class TokenPrediction
{
    private const string Runtime = "global::NetGen.CompilerServices.Prediction";
    private const string Sequences = "global::NetGen.CompilerServices.SequenceArguments";

    /// <summary>Whether there is no other input, but for the tokens' length.</summary>
    public static bool IsPossible(NetworkGraph graph) =>
        graph.Inputs[0].Value.Type.Vocabulary > 0 && graph.Inputs.Skip(1).All(input => input.LengthOf is not null);

    public static void Write(SourceWriter writer, NetworkDeclaration network, NetworkGraph graph)
    {
        TensorType type = graph.Inputs[0].Value.Type;
        bool hasLength = graph.Inputs.Count > 1;
        (int steps, string range) = (type.Shape.Length, $"each from 0 to {type.Vocabulary - 1}");
        string tokens = $"{(hasLength ? $"1 to {steps}" : $"{steps}")} tokens, {range}";
        string input = $"{Sequences}.{(hasLength ? "InputOfLength" : "Input")}<{network.Name}>(tokens)";
        string lengthsParameter = hasLength ? " global::System.ReadOnlySpan<int> lengths," : "";
        string lengths = !hasLength
            ? ""
            : $"\n/// <param name=\"lengths\">How many of its {steps} tokens each sample has; those behind do not matter.</param>";
        writer.Line($$"""

            /// <summary>Predicts one sample. Thread-safe; allocates nothing once warm.</summary>
            /// <param name="tokens">{{tokens}}.</param>
            /// <param name="output">{{InferencePart.Outputs(graph)}}, overwritten.</param>
            /// <exception cref="global::System.ArgumentException">A span has another length, or a token lies outside of the vocabulary.</exception>
            public void Predict(global::System.ReadOnlySpan<int> tokens, global::System.Span<float> output) =>
                {{Runtime}}.Predict<{{network.Name}}>(
                    Parameters, {{input}}, output, "tokens");

            /// <summary>Predicts many samples. Thread-safe; allocates nothing once warm.</summary>
            /// <param name="tokens">Samples one after the other, {{steps}} tokens each, {{range}}.</param>{{lengths}}
            /// <param name="outputs">Room for as many outputs, {{InferencePart.Outputs(graph)}} each, overwritten.</param>
            /// <param name="threads">How many threads may share the work; 0 means one per processor core.</param>
            /// <exception cref="global::System.ArgumentException">
            /// A span's length does not fit, or a token lies outside of the vocabulary.
            /// </exception>
            public void PredictBatch(
                global::System.ReadOnlySpan<int> tokens,{{lengthsParameter}} global::System.Span<float> outputs, int threads = 0) =>
                {{Sequences}}.PredictBatch<{{network.Name}}>(Parameters, tokens,{{(hasLength ? " lengths," : "")}} outputs, threads);
            """);
        if (graph.Outputs.Count != 1 || !graph.Outputs[0].Classifies)
            return;
        writer.Line($$"""

            /// <summary>The class with the highest score.</summary>
            /// <param name="tokens">{{tokens}}.</param>
            /// <returns>The class's id; -1 where a score is not a number.</returns>
            /// <exception cref="global::System.ArgumentException">There are more or fewer, or a token lies outside of the vocabulary.</exception>
            public int Classify(global::System.ReadOnlySpan<int> tokens)
            {
                global::System.Span<float> scores = {{InferencePart.Scores(network, graph)}};
                Predict(tokens, scores);
                return {{Runtime}}.{{InferencePart.Classify(graph)}};
            }
            """);
    }
}
