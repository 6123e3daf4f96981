using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using Index = NetGen.Generators.Graph.Index;

namespace NetGen.Generators.Tests.Graph;

/// <summary>Graphs that break the law are found, and the operation that breaks it is named.</summary>
public sealed class GraphLawTests
{
    private static readonly Value s_input = new("input", new Shape(4), ValueKind.Input);
    private static readonly Value s_output = new("output", new Shape(4), ValueKind.Activation);
    private static readonly Axis s_axis = new("i", 4);

    [Fact]
    public void A_lawful_graph_has_no_violations() => Assert.Empty(Violations(Copy(s_output, s_input)));

    [Fact]
    public void Tensors_are_written_before_they_are_read() => Assert.Equal(
        ["Map of layer '0' to output [4] reads hidden before it is written."],
        Violations(Copy(s_output, new Value("hidden", new Shape(4), ValueKind.Activation))));

    [Fact]
    public void Tensors_are_written_once() => Assert.Equal(
        ["Map of layer '0' to output [4] is not the first to write it."],
        Violations(Copy(s_output, s_input), Copy(s_output, s_input)));

    [Fact]
    public void Inputs_are_never_written() => Assert.Contains(
        "Map of layer '0' to input [4] writes a tensor of kind Input, which Prediction does not.",
        Violations(Copy(s_input, s_input), Copy(s_output, s_input)));

    [Fact]
    public void Outputs_are_written() => Assert.Equal(
        ["The output output is never written in Prediction.", "The output output is never written in Training."], Violations());

    [Fact]
    public void Operands_fit_the_dimensions_they_follow() => Assert.Equal(
        ["Map of layer '0' to output [4] breaks the rule that it has operands that are as long as the dimensions they follow, or 1 long."],
        Violations(Copy(Other(3), s_input), Copy(s_output, Other(3))).Skip(1));

    [Fact]
    public void Products_index_every_dimension() => Assert.Equal(
        ["Contract of layer '0' to output [4] breaks the rule that it has one index for each dimension of what it reads and writes."],
        Violations(new Contract("0", new Access(s_output, [Index.Of(s_axis)]), new Access(s_input, [Index.Of(s_axis)]), new Access(s_input, []))));

    [Theory]
    [InlineData(1, 0, "writes within its output")]
    [InlineData(0, 1, "copies from within its sources")]
    [InlineData(0, -1, "copies from within its sources")]
    public void Moves_stay_inside(int target, int source, string rule) => Assert.Equal(
        [$"Move of layer '0' to output [4] breaks the rule that it {rule}."],
        Violations(new Move("0", s_output, [new MovePiece([Index.Sum(target, (s_axis, 1))], new Access(s_input, [Index.Sum(source, (s_axis, 1))]))])));

    [Fact]
    public void Pieces_of_a_move_do_not_overlap()
    {
        var piece = new MovePiece([Index.Of(s_axis)], new Access(s_input, [Index.Of(s_axis)]));
        Assert.Equal(
            ["Move of layer '0' to output [4] breaks the rule that it copies no more elements than its output has."],
            Violations(new Move("0", s_output, [piece, piece])));
    }

    [Fact]
    public void A_reshape_keeps_its_elements() => Assert.Contains(
        "Reshape of layer '0' to other [3] breaks the rule that it keeps the number of elements.",
        Violations(Copy(s_output, s_input), new Reshape("0", Other(3), s_input)));

    private static Value Other(int length) => s_others.GetOrAdd(length);

    private static readonly Others s_others = new();

    private static Map Copy(Value output, Value input) => new("0", output, Functions.Variable("x"), [MapOperand.Same("x", input)]);

    private static IReadOnlyList<string> Violations(params Operation[] operations) => [.. GraphLaw.Violations(new NetworkGraph
    {
        Name = "Net",
        Inputs = [new InputPoint("input", s_input)],
        Outputs = [new OutputPoint("output", s_output, null, Generators.Graph.OutputMeaning.Values)],
        Layers = [],
        Points = [],
        Stored = [],
        Prediction = operations,
        Training = operations,
    })];

    private sealed class Others
    {
        private readonly Dictionary<int, Value> _values = [];

        public Value GetOrAdd(int length) => _values.TryGetValue(length, out Value? value)
            ? value
            : _values[length] = new Value("other", new Shape(length), ValueKind.Activation);
    }
}
