using NetGen.Generators.Declarations;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Emission.Members;

/// <summary>Writes the prediction whose arguments are a network's inputs and outputs by name, where there are several.</summary>
internal static class NamedPrediction
{
    public static void Write(SourceWriter writer, NetworkDeclaration network, NetworkGraph graph)
    {
        var names = new HashSet<string>();
        SampleArgument[] inputs = InputsOf(graph, names);
        SampleArgument[] arguments = [.. inputs, .. OutputsOf(graph, names)];
        string sample = Unique("sample", names);

        writer.Line("\n/// <summary>Predicts one sample. Thread-safe; allocates nothing once warm.</summary>");
        foreach ((_, string name, string summary) in arguments.SelectMany(argument => argument.Parameters))
            writer.Line($"/// <param name=\"{name}\">{summary}.</param>");
        string mistakes = graph.Inputs.Any(input => input.Value.Type.Element == ElementType.Int32) ? ", or a whole number is out of its range" : "";
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A span has another length{mistakes}.</exception>");
        IEnumerable<string> parameters = arguments.SelectMany(argument => argument.Parameters)
            .Select(parameter => $"{parameter.Type} {NetworkDeclaration.Escape(parameter.Name)}");
        using (writer.Open($"public void Predict(\n    {string.Join(", ", parameters)})"))
        {
            writer.Lines(arguments.Select(argument => argument.Check).OfType<string>());
            writer.Line($"global::System.Span<float> {sample} = global::NetGen.CompilerServices.Prediction.ScratchSample<{network.Name}>();");
            writer.Lines(inputs.Select(input => input.Copy(sample)));
            // Where an input holds what it may not, its own argument is named.
            writer.Line(graph.Inputs.Any(input => input.Value.Type.Element == ElementType.Int32)
                ? $"global::NetGen.CompilerServices.Prediction.Predict<{network.Name}>(\n"
                    + $"    Parameters, {sample}.Slice(0, InputLength), {sample}.Slice(InputLength), null);"
                : $"Predict({sample}.Slice(0, InputLength), {sample}.Slice(InputLength));");
            writer.Lines(arguments.Where(argument => argument.IsOutput).Select(output => output.Copy(sample)));
        }
    }

    private static SampleArgument[] InputsOf(NetworkGraph graph, HashSet<string> names)
    {
        var arguments = new List<SampleArgument>();
        int offset = 0;
        foreach (InputPoint input in graph.Inputs)
        {
            // A length stands behind what it is the length of.
            if (input.LengthOf is null)
            {
                arguments.Add(new SampleArgument(Unique(input.Name, names), input.Value.Type, offset));
            }
            else
            {
                SampleArgument sequence = arguments[arguments.Count - 1];
                string name = sequence.Type.Vocabulary > 0 ? "" : Unique(input.Name, names);
                arguments[arguments.Count - 1] = sequence with { LengthAt = offset, LengthName = name };
            }

            offset += input.Value.Shape.Length;
        }

        return [.. arguments];
    }

    private static IEnumerable<SampleArgument> OutputsOf(NetworkGraph graph, HashSet<string> names)
    {
        int offset = graph.InputLength;
        foreach (OutputPoint output in graph.Outputs)
        {
            yield return new SampleArgument(Unique(output.Name, names), output.Value.Type, offset) { IsOutput = true };
            offset += output.Value.Shape.Length;
        }
    }

    // A point may be an input and an output, and names may differ in their first letter's case alone.
    private static string Unique(string name, HashSet<string> names)
    {
        while (!names.Add(name))
            name += "_";
        return name;
    }
}
