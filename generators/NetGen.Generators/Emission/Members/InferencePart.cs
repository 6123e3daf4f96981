using NetGen.Generators.Declarations;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Members;

/// <summary>Writes the methods that predict, as callers use them.</summary>
internal static class InferencePart
{
    // 4 KB: more than most classifiers need, and less than any thread's stack notices.
    private const int MostScoresOnStack = 1024;

    private static string BlockSize(InferencePlan plan) => plan.BlockSize == plan.ShortBlockSize
        ? $"{plan.BlockSize}"
        : $"{VectorDialect.Has32RegistersAnywhere} ? {plan.BlockSize} : {plan.ShortBlockSize}";

    public static void Write(SourceWriter writer, NetworkDeclaration network, NetworkPlan plan)
    {
        InferencePlan inference = plan.Inference;
        writer.Line($$"""
            static int global::NetGen.INetwork<{{network.Name}}>.InferenceScratchLength => {{inference.Memory.FixedLength}};
            static int global::NetGen.INetwork<{{network.Name}}>.InferenceBlock => {{BlockSize(inference)}};

            /// <summary>Predicts one sample. Thread-safe; allocates nothing.</summary>
            /// <param name="input">{{Inputs(plan.Graph)}}.</param>
            /// <param name="output">{{Outputs(plan.Graph)}}, overwritten; memory apart from the input's.</param>
            /// <exception cref="global::System.ArgumentException">A span has another length.</exception>
            {{Predict(network, plan)}}

            /// <summary>Predicts many samples. Thread-safe; allocates nothing once warm.</summary>
            /// <param name="inputs">Samples one after the other, {{Inputs(plan.Graph)}} each.</param>
            /// <param name="outputs">Room for as many outputs, {{Outputs(plan.Graph)}} each, overwritten.</param>
            /// <param name="threads">How many threads may share the work; 0 means one per processor core.</param>
            /// <exception cref="global::System.ArgumentException">A span's length does not fit.</exception>
            public void PredictBatch(global::System.ReadOnlySpan<float> inputs, global::System.Span<float> outputs, int threads = 0) =>
                global::NetGen.CompilerServices.Prediction.PredictBatch<{{network.Name}}>(Parameters, inputs, outputs, threads);
            """);
        if (plan.Graph.Inputs.Count + plan.Graph.Outputs.Count > 2 && !(TokenPrediction.IsPossible(plan.Graph) && plan.Graph.Outputs.Count == 1))
            NamedPrediction.Write(writer, network, plan.Graph);
        if (plan.Graph.Outputs.Count == 1 && plan.Graph.Outputs[0].Classifies)
        {
            int scores = plan.Graph.Outputs[0].Value.Shape.Length;
            bool isSingle = scores == 1;
            writer.Line($$"""

                /// <summary>{{(isSingle ? "Which of the two classes it is" : "The class with the highest score")}}.</summary>
                /// <param name="input">{{Inputs(plan.Graph)}}.</param>
                /// <returns>The class's id, from 0 to {{Math.Max(2, scores) - 1}}; -1 where a score is not a number.</returns>
                /// <exception cref="global::System.ArgumentException">The span has another length.</exception>
                public int Classify(global::System.ReadOnlySpan<float> input)
                {
                    global::System.Span<float> scores = {{Scores(network, plan.Graph)}};
                    Predict(input, scores);
                    return global::NetGen.CompilerServices.Prediction.{{Classify(plan.Graph)}};
                }
                """);
        }

        if (TokenPrediction.IsPossible(plan.Graph))
            TokenPrediction.Write(writer, network, plan.Graph);
        if (plan.StreamObstacle is { } obstacle)
            StreamPart.WriteObstacle(writer, plan.Graph, obstacle);

        writer.Line($$"""

            static void global::NetGen.INetwork<{{network.Name}}>.InferBlock(
                ref readonly float parameters, ref readonly float inputs, ref float outputs, ref float scratch, int count) =>
                {{OwnNamespace.ClassOf(network)}}.Infer(in parameters, in inputs, ref outputs, ref scratch, count);
            """);
    }

    /// <summary>A tiny network goes straight to its method; others first get their scratch memory.</summary>
    private static string Predict(NetworkDeclaration network, NetworkPlan plan) => plan.Kernels.StraightLine is not { } straightLine
        ? $$"""
            public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output) =>
                global::NetGen.CompilerServices.Prediction.Predict<{{network.Name}}>(Parameters, input, output);
            """
        : $$"""
            public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output)
            {
                if (input.Length != InputLength)
                    global::NetGen.CompilerServices.Prediction.ThrowWrongInput(input, Description);
                if (output.Length != OutputLength)
                    global::NetGen.CompilerServices.Prediction.ThrowWrongOutput(output, Description);
                if (Parameters.CodeStamp != Definition.CodeStamp)
                    global::NetGen.CompilerServices.Prediction.ThrowStale(Description);
                {{OwnNamespace.ClassOf(network)}}.{{straightLine.Name}}(
                    ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output),
                    ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input),
                    ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in Parameters.{{(plan.Prepare.IsEmpty ? "Start" : "PreparedStart")}}));
            }
            """;

    /// <summary>The call that finds the class which the scores of a sample decide for.</summary>
    internal static string Classify(NetworkGraph graph) => graph.Outputs[0].Value.Shape.Length == 1
        ? $"Classify(scores[0], global::NetGen.OutputMeaning.{graph.Outputs[0].Meaning})"
        : "Classify(scores)";

    /// <summary>Memory for the scores of a sample.</summary>
    internal static string Scores(NetworkDeclaration network, NetworkGraph graph) => graph.Outputs[0].Value.Shape.Length <= MostScoresOnStack
        ? "stackalloc float[OutputLength]"
        : $"global::NetGen.CompilerServices.Prediction.ScratchScores<{network.Name}>()";

    private static string Inputs(NetworkGraph graph) => graph.Inputs.Count == 1 ? Floats(graph.Inputs[0].Value.Shape)
        : Together(graph.InputLength, graph.Inputs.Select(input => (input.Name, input.Value.Shape)));

    internal static string Outputs(NetworkGraph graph) => graph.Outputs.Count == 1 ? Floats(graph.Outputs[0].Value.Shape)
        : Together(graph.OutputLength, graph.Outputs.Select(output => (output.Name, output.Value.Shape)));

    private static string Together(int length, IEnumerable<(string Name, Shape Shape)> points) =>
        $"{length} floats ({string.Join(", ", points.Select(point => $"{point.Name} {point.Shape}"))})";

    internal static string Floats(Shape shape) =>
        $"{shape.Length} {(shape.Length == 1 ? "float" : "floats")}{(shape.Rank == 1 ? "" : $" ({shape})")}";
}
