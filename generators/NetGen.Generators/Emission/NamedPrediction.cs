using NetGen.Generators.Declarations;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Emission;

/// <summary>Writes the prediction whose arguments are a network's inputs and outputs by name, where there are several.</summary>
internal static class NamedPrediction
{
    public static void Write(SourceWriter writer, NetworkDeclaration network, NetworkGraph graph)
    {
        if (graph.Inputs.Count == 1 && graph.Outputs.Count == 1)
            return;
        var names = new HashSet<string>();
        Argument[] inputs = ArgumentsOf(graph.Inputs.Select(input => (input.Name, input.Value.Shape)), from: 0, names);
        Argument[] outputs = ArgumentsOf(graph.Outputs.Select(output => (output.Name, output.Value.Shape)), graph.InputLength, names);
        string sample = Unique("sample", names);

        writer.Line("\n/// <summary>Predicts one sample. Thread-safe; allocates nothing once warm.</summary>");
        foreach (Argument input in inputs)
            writer.Line($"/// <param name=\"{input.Name}\">{InferencePart.Floats(input.Shape)}.</param>");
        foreach (Argument output in outputs)
            writer.Line($"/// <param name=\"{output.Name}\">{InferencePart.Floats(output.Shape)}, overwritten.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length.</exception>");
        IEnumerable<string> parameters = inputs.Select(input => $"global::System.ReadOnlySpan<float> {input.Identifier}")
            .Concat(outputs.Select(output => $"global::System.Span<float> {output.Identifier}"));
        using (writer.Open($"public void Predict(\n    {string.Join(", ", parameters)})"))
        {
            foreach (Argument argument in inputs.Concat(outputs))
                writer.Line($"{Runtime}.CheckLength({argument.Identifier}, {argument.Shape.Length}, \"{argument.Name}\");");
            writer.Line($"global::System.Span<float> {sample} = {Runtime}.ScratchSample<{network.Name}>();");
            foreach (Argument input in inputs)
                writer.Line($"{input.Identifier}.CopyTo({sample}.Slice({input.Offset}));");
            writer.Line($"Predict({sample}.Slice(0, InputLength), {sample}.Slice(InputLength));");
            foreach (Argument output in outputs)
                writer.Line($"{sample}.Slice({output.Offset}, {output.Shape.Length}).CopyTo({output.Identifier});");
        }
    }

    private const string Runtime = "global::NetGen.CompilerServices.Prediction";

    private static Argument[] ArgumentsOf(IEnumerable<(string Name, Shape Shape)> points, int from, HashSet<string> names)
    {
        var arguments = new List<Argument>();
        foreach ((string name, Shape shape) in points)
        {
            arguments.Add(new Argument(Unique(name, names), shape, from));
            from += shape.Length;
        }

        return [.. arguments];
    }

    // A point may be an input and an output, and names may differ in their first letter's case alone.
    private static string Unique(string name, HashSet<string> names)
    {
        while (!names.Add(name))
            name += "_";
        return name;
    }

    /// <param name="Name">The name without the sign that a keyword needs.</param>
    /// <param name="Offset">Where it lies in a sample: the inputs one after the other, behind them the outputs.</param>
    private sealed record Argument(string Name, Shape Shape, int Offset)
    {
        public string Identifier => NetworkDeclaration.Escape(Name);
    }
}
