using NetGen.Generators.Declarations;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission;

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

    public static void Write(SourceWriter writer, NetworkDeclaration network, StreamPlan plan)
    {
        int inputs = plan.Graph.Inputs.Sum(input => input.Value.Shape.Length);
        int outputs = plan.Graph.Outputs.Sum(output => output.Value.Shape.Length);
        string past = string.Join(", ", plan.Past.Select(rows => $"({rows.Offset}, {rows.RowLength}, {rows.Lag})"));
        writer.Line($$"""
            /// <summary>Opens a stream, which takes one step of time after the other and remembers what it needs of those before.</summary>
            /// <returns>A stream at its beginning, with memory of its own; it reads this network's parameters as they are at each step.</returns>
            public PredictionStream OpenStream() => new(this);

            /// <summary>A stream of steps through the network, one in, one out; for one thread at a time. Allocates nothing.</summary>
            public sealed class PredictionStream : global::NetGen.PredictionStream
            {
                private static readonly global::NetGen.CompilerServices.StreamMemory s_memory = new(
                    {{inputs}}, {{outputs}}, {{plan.StateLength}}, {{plan.Memory.FixedLength}}, {{StreamBuilder.Room}}, [{{past}}]);

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
                    if (Parameters.CodeStamp != Definition.CodeStamp)
                        global::NetGen.CompilerServices.Prediction.ThrowStale(Description);
                    {{OwnNamespace.ClassOf(network)}}.StreamStep(
                        ref ParametersStart,
                        ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input),
                        ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output),
                        ref StateStart, ref ScratchStart, Advance());
                }
            }

            """);
    }
}
