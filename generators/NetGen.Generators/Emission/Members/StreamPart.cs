using NetGen.Generators.Declarations;
using NetGen.Generators.Emission.Programs;
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
        Clock clock = plan.Graph.OutputClock;
        string steps = plan.Graph.IsBounded ? $"up to {plan.Graph.Room} steps of time, one after the other," : "one step of time after the other";
        string room = $"{plan.Graph.Warm}, {plan.Graph.Room}, {(plan.Graph.IsBounded ? "true" : "false")}";
        string past = string.Join(", ", plan.Past.Select(rows => $"({rows.Offset}, {rows.RowLength}, {rows.Lag}, {rows.Period})"));
        (int Offset, int Vocabulary)[] tokens = [.. Tokens(plan)];
        string vocabularies = string.Join(", ", tokens.Select(input => $"({input.Offset}, {input.Vocabulary})"));
        string check = tokens.Length > 0 ? "CheckTokens(input);\n        " : "";
        (string kind, string gives, string times) = clock.IsInputs
            ? ("PredictionStream", "one step in, one out", "")
            : ("DecimatingStream", DescriptionOf(clock), $", {clock.Period}, {clock.First}");
        writer.Line($$"""
            /// <summary>Opens a stream, which takes {{steps}} and remembers what it needs of those before: {{gives}}.</summary>
            /// <returns>A stream at its beginning, with memory of its own; it reads this network's parameters as they are at each step.</returns>
            public PredictionStream OpenStream() => new(this);

            /// <summary>A stream of steps through the network: {{gives}}; for one thread at a time. Allocates nothing.</summary>
            public sealed class PredictionStream : global::NetGen.{{kind}}
            {
                private static readonly global::NetGen.CompilerServices.StreamMemory s_memory = new(
                    {{inputs}}, {{outputs}}, {{plan.StateLength}}, {{plan.Memory.FixedLength}}, {{room}}, [{{past}}], [{{vocabularies}}]{{times}});

                /// <summary>Opens a stream of a network.</summary>
                /// <param name="network">The network.</param>
                public PredictionStream({{network.Name}} network) : base(network.Parameters, s_memory)
                {
                }

            """);
        writer.Line(clock.IsInputs
            ? $$"""
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
            """
            : $$"""
                /// <inheritdoc/>
                protected override bool Take(ref float input, ref float output)
                {
                    if (Parameters.CodeStamp != Definition.CodeStamp)
                        global::NetGen.CompilerServices.Prediction.ThrowStale(Description);
                    int position = Advance();
                    {{OwnNamespace.ClassOf(network)}}.StreamStep(
                        ref ParametersStart, ref input, ref output, ref StateStart, ref ScratchStart, position);
                    return {{StreamCounters.Condition(clock)}};
                }
            """);
        if (plan.Graph.Inputs.Count == 1 && graph.Inputs[0].Value.Type is { Element: ElementType.Int32 } type)
            WriteTokens(writer, type, outputs, clock.IsInputs);
        writer.Line("}");
    }

    private static string DescriptionOf(Clock clock)
    {
        string every = clock.Period == 1 ? "one output for each step" : $"one output for every {clock.Period} steps";
        return clock.First == 0 ? every : $"{every}, the first with the {clock.First + 1}{OrdinalOf(clock.First + 1)}";
    }

    private static string OrdinalOf(int number) => (number % 100 is >= 11 and <= 13 ? 0 : number % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };

    /// <summary>The same methods for tokens as whole numbers.</summary>
    private static void WriteTokens(SourceWriter writer, TensorType type, int outputs, bool givesEach)
    {
        string tokens = $"from 0 to {type.Vocabulary - 1}";
        (string one, string several) = givesEach ? ("void", "void") : ("bool", "int");
        string output = givesEach ? $"{outputs} floats, overwritten" : $"{outputs} floats, overwritten if there is an output";
        string room = givesEach ? $"As many outputs, {outputs} floats each, overwritten" : $"Room for the outputs, {outputs} floats each";
        writer.Line($$"""

                /// <summary>Takes one token to {{(givesEach ? "one step of the output" : "an output or none")}}.</summary>
                /// <param name="token">The token, {{tokens}}.</param>
                /// <param name="output">{{output}}.</param>{{(givesEach ? "" : "\n    /// <returns>Whether there is an output.</returns>")}}
                /// <exception cref="global::System.ArgumentException">
                /// The token lies outside of the vocabulary, or the span has another length.
                /// </exception>
                public {{one}} Step(int token, global::System.Span<float> output) => StepToken(token, output);

                /// <summary>Takes several tokens, one after the other.</summary>
                /// <param name="tokens">The tokens, each {{tokens}}.</param>
                /// <param name="outputs">{{room}}.</param>{{(givesEach ? "" : "\n    /// <returns>The number of outputs.</returns>")}}
                /// <exception cref="global::System.ArgumentException">
                /// A token lies outside of the vocabulary, or the outputs are not as many; nothing was done.
                /// </exception>
                public {{several}} Steps(global::System.ReadOnlySpan<int> tokens, global::System.Span<float> outputs) =>
                    StepTokens(tokens, outputs);
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
