using NetGen.Generators.Declarations;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Members;

/// <summary>Writes shapes, description, parameters, construction and files.</summary>
internal static class ParametersPart
{
    public static void Write(SourceWriter writer, NetworkDeclaration network, NetworkPlan plan, string codeStamp)
    {
        NetworkGraph graph = plan.Graph;
        string self = $"global::NetGen.INetwork<{network.Name}>";
        writer.Line($"""
            /// <summary>The number of floats in one input sample{Extents(InputsOf(graph))}.</summary>
            public const int InputLength = {graph.InputLength};

            /// <summary>The number of floats in one output sample{Extents(OutputsOf(graph))}.</summary>
            public const int OutputLength = {graph.OutputLength};

            /// <summary>The shape of one input sample.</summary>
            public static global::System.ReadOnlySpan<int> InputShape => {ShapeOf(InputsOf(graph))};

            /// <summary>The shape of one output sample.</summary>
            public static global::System.ReadOnlySpan<int> OutputShape => {ShapeOf(OutputsOf(graph))};

            static int {self}.InputLength => InputLength;
            static int {self}.OutputLength => OutputLength;
            static ulong {self}.CodeStamp => Definition.CodeStamp;

            /// <summary>Shapes, layers and parameters.</summary>
            public static global::NetGen.NetworkDescription Description => Definition.Description;
            """);
        if (!network.HasConstructor)
        {
            writer.Line($$"""

                /// <summary>Creates the network with parameters drawn from a seed, the same on every machine.</summary>
                /// <param name="seed">Any number; equal seeds give equal parameters.</param>
                public {{network.Name}}(int seed = 0) => Parameters = new(Description, seed);
                """);
        }

        writer.Line("\n" + Create(network, self));

        // A constructor written by hand need not know that there is something to draw; one that wants another seed draws again.
        writer.Line($$"""

            /// <summary>All parameters, in one block, with a view of each tensor by its name.</summary>
            public global::NetGen.ParameterBlock Parameters { get; }{{(network.HasConstructor ? " = new(Description, seed: 0);" : "")}}

            /// <summary>Writes the parameters to a safetensors file, named and laid out as PyTorch's state_dict.</summary>
            /// <param name="path">The file, replaced as a whole once everything is written.</param>
            public void Save(string path) => Parameters.Save(path);

            /// <summary>Reads the parameters from a safetensors file; with any mistake in it, nothing changes.</summary>
            /// <param name="path">The file.</param>
            /// <param name="options">For one that was not written for this network: other names, other types, more than is needed or less.</param>
            /// <exception cref="global::System.IO.InvalidDataException">The file is damaged or of another network.</exception>
            public void Load(string path, global::NetGen.LoadOptions? options = null) => Parameters.Load(path, options);
            """);
        if (network.Making != Making.ByHand)
        {
            writer.Line($"""

                /// <summary>Loads what was saved with class names and scalings, ready to predict raw features.</summary>
                /// <param name="path">The file.</param>
                /// <exception cref="global::System.IO.InvalidDataException">The file is damaged or of another network.</exception>
                public static global::NetGen.Model<{network.Name}> LoadFrom(string path) => global::NetGen.Model<{network.Name}>.LoadFrom(path);
                """);
        }

        if (!network.HasToString)
        {
            writer.Line("""

                /// <summary>The table of layers.</summary>
                public override string ToString() => Description.ToTable();
                """);
        }

        PointsPart.Write(writer, network, graph);
        writer.Line("\n// A class of its own, so that it is there for networks in static fields too, which may be made before other static fields.");
        using (writer.Open("private static class Definition"))
        {
            writer.Line(
                "// Of the code that runs over the parameters. "
                + "Hot reload refuses to change a constant: other layers need a new start of the program.");
            writer.Line($"internal const ulong CodeStamp = {codeStamp};\n");
            WriteDescription(writer, plan);
            if (!plan.Prepare.IsEmpty)
                WritePrepare(writer, network);
        }
    }

    private static void WritePrepare(SourceWriter writer, NetworkDeclaration network) => writer.Line($$"""

        private static void Prepare(ulong codeStamp, ref readonly float parameters, ref float prepared)
        {
            if (codeStamp != CodeStamp)
                global::NetGen.CompilerServices.Prediction.ThrowStale(Description);
            {{OwnNamespace.ClassOf(network)}}.Prepare(in parameters, ref prepared);
        }
        """);

    private static string Create(NetworkDeclaration network, string self)
    {
        string header = $"static {network.Name} {self}.Create(int seed)";
        return network.Making switch
        {
            Making.FromSeed => $"{header} => new(seed: seed);",
            Making.ThenDraw => $$"""
                {{header}}
                {
                    {{network.Name}} network = new();
                    network.Parameters.Initialize(seed);
                    return network;
                }
                """,
            _ => $"{header} => throw new global::System.NotSupportedException(\n    " +
                $"\"A {network.Name.TrimStart('@')} cannot be made from a seed alone: give it a constructor that takes 'int seed' or nothing.\");",
        };
    }

    private static void WriteDescription(SourceWriter writer, NetworkPlan plan)
    {
        NetworkGraph graph = plan.Graph;
        writer.Line("internal static readonly global::NetGen.NetworkDescription Description = new()");
        writer.Line("{");
        writer.Line($"    Name = \"{graph.Name.TrimStart('@')}\",");
        writer.Line($"    InputShape = {ShapeOf(InputsOf(graph))},");
        writer.Line($"    OutputShape = {ShapeOf(OutputsOf(graph))},");
        writer.Line("    Layers =");
        writer.Line("    [");
        foreach (LayerSummary layer in graph.Layers)
        {
            string output = Shape(layer.Output);
            writer.Line(
                $"        new(\"{layer.Name}\", \"{layer.Description}\", {output}, {layer.Parameters}, {layer.Operations}){WiringOf(layer)},");
        }

        writer.Line("    ],");
        if (graph.Points.Count > 0)
        {
            writer.Line("    Points =");
            writer.Line("    [");
            foreach (NamedPoint point in graph.Points)
            {
                string parameters = string.Join(", ", point.Stored.OfType<Parameter>().Select(parameter => $"\"{parameter.FileName}\""));
                writer.Line($"        new(\"{point.Name}\", {Shape(point.Value.Shape)}, [{parameters}]){KeptAt(point, plan.Training)},");
            }

            writer.Line("    ],");
        }

        writer.Line("    Parameters =");
        writer.Line("    [");
        foreach ((Stored parameter, Layout layout) in plan.Stored)
        {
            Initialisation initial = parameter.Initialisation;
            bool isCount = parameter is State { IsCount: true };
            string place = isCount ? $"[], new({layout.Origin})" : $"{Shape(parameter.FileShape)}, {LayoutText(parameter, layout)}";
            string first = $"global::NetGen.Initializer.{initial.Initializer}, {FloatLiteral.Of(initial.Value)}, {initial.FanIn}, {initial.FanOut}";
            string decays = parameter is Parameter { Decays: true } ? "true" : "false";
            writer.Line($"        new(\"{parameter.FileName}\", {place}, {first}, {decays}){FactsOf(parameter)},");
        }

        writer.Line("    ],");
        writer.Line("    CodeStamp = CodeStamp,");
        writer.Line($"    ParameterBlockLength = {plan.ParameterBlockLength},");
        if (!plan.Prepare.IsEmpty)
        {
            writer.Line($"    PreparedLength = {plan.Prepare.Length},");
            writer.Line("    Prepare = Prepare,");
        }

        WritePoints(writer, graph);
        if (graph.TakesOutputGradients)
            writer.Line("    TakesOutputGradients = true,");
        writer.Line("};");
    }

    /// <summary>What is unusual about a stored tensor.</summary>
    private static string FactsOf(Stored stored) => stored switch
    {
        State { IsCount: true } => " { IsState = true, IsCount = true }",
        State => " { IsState = true }",
        Parameter { Penalty: var penalty } when penalty != Penalty.None =>
            $" {{ L1 = {FloatLiteral.Of(penalty.L1)}, L2 = {FloatLiteral.Of(penalty.L2)} }}",
        _ => "",
    };

    private static string WiringOf(LayerSummary layer)
    {
        if (layer.HandsOn)
            return Braced(["HandsOn = true"]);
        string[] from = layer.From.Count == 0 ? [] : [$"From = [{string.Join(", ", layer.From.Select(name => $"\"{name}\""))}]"];
        return Braced(layer.Values.Length == 0 ? from : [.. from, $"Values = \"{layer.Values}\""]);
    }

    /// <summary>Where a training step keeps what it computes at a point.</summary>
    private static string KeptAt(NamedPoint point, TrainingPlan? training)
    {
        if (training?.Points.FirstOrDefault(kept => kept.Point == point) is not { } kept)
            return "";
        string gradient = kept.Gradient is null ? "" : $", Gradient = {Memory(kept.Gradient)}";
        return $" {{ Activation = {Memory(kept.Activation)}{gradient} }}";

        string Memory(Allocation allocation) => $"new({training.Memory.FixedLength}, {allocation.Place.Offset}, {allocation.Length})";
    }

    /// <summary>The inputs and outputs: a single one of each by its facts alone, several as a list.</summary>
    private static void WritePoints(SourceWriter writer, NetworkGraph graph)
    {
        if (graph.Inputs.Count > 1 || graph.Inputs.Any(input => FactsOf(input).Any()))
        {
            writer.Line("    InputPoints =");
            writer.Line("    [");
            foreach (InputPoint input in graph.Inputs)
                writer.Line($"        new(\"{input.Name}\", {Shape(input.Value.Shape)}){Braced(FactsOf(input))},");
            writer.Line("    ],");
        }

        if (graph.Outputs.Count == 1 && graph.Outputs[0].Weight == 1 && !StepFacts(graph.Outputs[0]).Any())
        {
            writer.Line($"    Outputs = global::NetGen.OutputMeaning.{graph.Outputs[0].Meaning},");
            if (graph.Outputs[0].Loss is { } loss)
                writer.Lines(LossFacts(loss).Select(fact => $"    {fact},"));
            return;
        }

        writer.Line("    OutputPoints =");
        writer.Line("    [");
        foreach (OutputPoint output in graph.Outputs)
        {
            IEnumerable<string> facts =
            [
                .. output.Loss is { } loss ? LossFacts(loss) : [],
                .. output.Weight == 1 ? Array.Empty<string>() : [$"Weight = {DoubleLiteral(output.Weight)}"],
                .. StepFacts(output), $"From = \"{output.From}\"",
            ];
            string point = $"new(\"{output.Name}\", {Shape(output.Value.Shape)}, global::NetGen.OutputMeaning.{output.Meaning})";
            writer.Line($"        {point}{Braced(facts)},");
        }

        writer.Line("    ],");
        if (graph.Judged.Count == 0)
            return;
        writer.Line($"    Loss = \"{SummaryText.LossOf(graph)}\",");
        writer.Line($"    Targets = global::NetGen.TargetKind.{(graph.Judged.Count == 1 ? $"{graph.Judged[0].Loss!.Targets}" : "Several")},");
    }

    private static IEnumerable<string> LossFacts(Loss loss)
    {
        yield return $"Loss = \"{loss.Summary}\"";
        yield return $"Targets = global::NetGen.TargetKind.{loss.Targets}";
        if (loss is RowLoss { NeedsClassIds: true })
            yield return "NeedsClassIds = true";
        if (loss.ClassWeights.Count > 0)
            yield return $"ClassWeights = [{string.Join(", ", loss.ClassWeights.Select(FloatLiteral.Of))}]";
    }

    /// <summary>What is judged of an output that is a sequence, or not judged.</summary>
    private static IEnumerable<string> StepFacts(OutputPoint output)
    {
        if (output.Steps > 1)
            yield return $"Steps = {output.Steps}";
        if (output.Loss?.IgnoreIndex is { } ignored)
            yield return $"IgnoreIndex = {ignored}";
        if (output.Length is { } length)
            yield return $"Lengths = \"{length.Name}\"";
    }

    private static IEnumerable<string> FactsOf(InputPoint input)
    {
        if (input.Value.Type.Vocabulary is > 0 and var vocabulary)
            yield return $"Vocabulary = {vocabulary}";
        if (input.LengthOf is { } sequence)
            yield return $"LengthOf = \"{sequence.Name}\"";
    }

    private static string Braced(IEnumerable<string> facts) => facts.Any() ? $" {{ {string.Join(", ", facts)} }}" : "";

    private static string DoubleLiteral(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static IReadOnlyList<Shape> InputsOf(NetworkGraph graph) => [.. graph.Inputs.Select(input => input.Value.Shape)];

    private static IReadOnlyList<Shape> OutputsOf(NetworkGraph graph) => [.. graph.Outputs.Select(output => output.Value.Shape)];

    private static string Extents(IReadOnlyList<Shape> shapes) => shapes.Count > 1
        ? $": {string.Join(" and ", shapes)}, one after the other"
        : shapes[0].Rank == 1 ? "" : $": {shapes[0]}";

    private static string ShapeOf(IReadOnlyList<Shape> shapes) => shapes.Count == 1 ? Shape(shapes[0]) : $"[{shapes.Sum(shape => shape.Length)}]";

    private static string Shape(Shape shape) => $"[{string.Join(", ", shape.Extents)}]";

    private static string LayoutText(Stored tensor, Layout layout)
    {
        IEnumerable<string> dimensions = layout.Dimensions.Select(dimension =>
            $"new({string.Join(", ", dimension.Factors.Select(factor => $"({factor.Extent}, {factor.Stride})"))})");
        string extents = tensor.FileShape.Extents.SequenceEqual(tensor.Shape.Extents) ? "" : $" {{ Extents = {Shape(tensor.Shape)} }}";
        return $"new({layout.Origin}, [{string.Join(", ", dimensions)}]){extents}";
    }
}
