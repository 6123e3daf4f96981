using NetGen.Generators.Declarations;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Members;

/// <summary>Writes the stream: a class that owns what is remembered, and the step.</summary>
internal static class StreamPart
{
    /// <summary>Says where a stream is asked for, to the compiler's place, why there is none.</summary>
    public static void WriteObstacle(SourceWriter writer, NetworkGraph graph, StreamObstacle obstacle)
    {
        LayerSummary? summary = graph.Layers.FirstOrDefault(summary => summary.Layer == obstacle.Layer);
        string layer = summary is null ? "it" : summary.Name.Length == 0 ? $"its layer {summary.Kind}" : $"its layer {summary.Name}, {summary.Kind},";
        string reason = $"{graph.Name.TrimStart('@')} cannot run as a stream: {layer} {obstacle.Reason}.";
        writer.Line($$"""

            /// <summary>Not for this network: {{reason}}</summary>
            [global::System.Obsolete("{{reason}}", error: true)]
            public void OpenStream() => throw new global::System.NotSupportedException();
            """);
    }

    public static void Write(SourceWriter writer, NetworkDeclaration network, NetworkGraph graph, StreamPlan plan)
    {
        int inputs = plan.Graph.Inputs.Sum(input => input.Value.Shape.Length);
        int outputs = plan.Graph.Outputs.Sum(output => output.Value.Shape.Length);
        string steps = plan.Graph.IsBounded ? $"up to {plan.Graph.Room} steps of time, one after the other," : "one step of time after the other";
        string room = $"{plan.Graph.Room}, {(plan.Graph.IsBounded ? "true" : "false")}";
        string past = string.Join(", ", plan.Past.Select(rows => $"({rows.Offset}, {rows.RowLength}, {rows.Lag})"));
        (int Offset, int Vocabulary)[] tokens = [.. Tokens(plan)];
        string vocabularies = string.Join(", ", tokens.Select(input => $"({input.Offset}, {input.Vocabulary})"));
        string check = tokens.Length > 0 ? "CheckTokens(input);\n        " : "";
        writer.Line($$"""
            /// <summary>Opens a stream, which takes {{steps}} and remembers what it needs of those before.</summary>
            /// <returns>A stream at its beginning, with memory of its own; it reads this network's parameters as they are at each step.</returns>
            public PredictionStream OpenStream() => new(this);

            /// <summary>A stream of steps through the network, one in, one out; for one thread at a time. Allocates nothing.</summary>
            public sealed class PredictionStream : global::NetGen.PredictionStream
            {
                private static readonly global::NetGen.CompilerServices.StreamMemory s_memory = new(
                    {{inputs}}, {{outputs}}, {{plan.StateLength}}, {{plan.Memory.FixedLength}}, {{room}}, [{{past}}], [{{vocabularies}}]);

                /// <summary>Opens a stream of a network.</summary>
                /// <param name="network">The network.</param>
                public PredictionStream({{network.Name}} network) : base(network.Parameters, s_memory)
                {
                }

                /// <inheritdoc/>
                public override void Step(global::System.ReadOnlySpan<float> input, global::System.Span<float> output)
                {
                    if (input.Length != {{inputs}} || output.Length != {{outputs}})
                        ThrowWrongLength(input, output);
                    {{check}}if (Parameters.CodeStamp != Definition.CodeStamp)
                        global::NetGen.CompilerServices.Prediction.ThrowStale(Description);
                    {{OwnNamespace.ClassOf(network)}}.StreamStep(
                        ref ParametersStart,
                        ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input),
                        ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output),
                        ref StateStart, ref ScratchStart, Advance());
                }
            """);
        if (plan.Graph.Inputs.Count == 1 && graph.Inputs[0].Value.Type is { Element: ElementType.Int32 } type)
            WriteTokens(writer, type, outputs);
        writer.Line("}");
    }

    /// <summary>The same methods for tokens as whole numbers.</summary>
    private static void WriteTokens(SourceWriter writer, TensorType type, int outputs)
    {
        string tokens = $"from 0 to {type.Vocabulary - 1}";
        writer.Line($$"""

                /// <summary>Takes one token to one step of the output.</summary>
                /// <param name="token">The token, {{tokens}}.</param>
                /// <param name="output">{{outputs}} floats, overwritten.</param>
                /// <exception cref="global::System.ArgumentException">
                /// The token lies outside of the vocabulary, or the span has another length.
                /// </exception>
                public void Step(int token, global::System.Span<float> output) => StepToken(token, output);

                /// <summary>Takes several tokens, one after the other.</summary>
                /// <param name="tokens">The tokens, each {{tokens}}.</param>
                /// <param name="outputs">As many outputs, {{outputs}} floats each, overwritten.</param>
                /// <exception cref="global::System.ArgumentException">
                /// A token lies outside of the vocabulary, or the outputs are not as many; nothing was done.
                /// </exception>
                public void Steps(global::System.ReadOnlySpan<int> tokens, global::System.Span<float> outputs) => StepTokens(tokens, outputs);
            """);
    }

    /// <summary>The inputs that are tokens: where each lies in a step's input, and how many different tokens there are.</summary>
    private static IEnumerable<(int Offset, int Vocabulary)> Tokens(StreamPlan plan)
    {
        int offset = 0;
        foreach (TensorType input in plan.Graph.Inputs.Select(input => input.Value.Type))
        {
            if (input.Vocabulary > 0)
                yield return (offset, input.Vocabulary);
            offset += input.Shape.Length;
        }
    }
}
