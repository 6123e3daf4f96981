using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Graph;

/// <summary>Gradient graphs that break the law are found, and the operation that breaks it is named.</summary>
public sealed class GradientLawTests
{
    private static readonly NetworkGraph s_graph =
        GraphText.Build("[Network, Input(4), Dense(3), Gelu, Dense(2), SoftmaxCrossEntropy] public partial class Net;");
    private static readonly TrainingGraph s_training = Differentiator.Differentiate(s_graph);

    [Fact]
    public void A_gradient_graph_that_was_made_is_lawful() => Assert.Empty(GradientLaw.Violations(s_graph, s_training));

    [Fact]
    public void Backward_reads_what_is_there() => Assert.Contains(
        GradientLaw.Violations(s_graph, With(judgements: [])),
        violation => violation.EndsWith("reads dBiased2 before it is written.", StringComparison.Ordinal));

    [Fact]
    public void Backward_writes_gradients_alone() => Assert.Contains(
        GradientLaw.Violations(s_graph, With(
            forward: [.. s_training.Forward.Take(1)], backward: [.. s_training.Forward.Skip(1), .. s_training.Backward])),
        violation => violation.EndsWith("writes a tensor of kind Activation, which backward does not.", StringComparison.Ordinal));

    [Fact]
    public void Every_parameter_that_has_a_gradient_gets_it_and_of_its_own_shape()
    {
        Parameter[] parameters = [.. s_graph.Parameters];
        var swapped = parameters.ToDictionary(parameter => parameter, _ => s_training.ParameterGradients[parameters[0]]);
        IEnumerable<string> violations = GradientLaw.Violations(s_graph, With(gradients: swapped));
        Assert.Contains("bias0 has a gradient of another tensor.", violations);
        Assert.Contains("bias0 has a gradient of another shape.", violations);
        Assert.Contains("The gradient of weight0 is never written.", GradientLaw.Violations(s_graph, With(backward: [])));
    }

    [Fact]
    public void Slopes_are_for_backward()
    {
        Value slope = s_training.Forward.Select(operation => operation.Output).Single(value => value.IsSlope);
        var reader = new Relayout("1", new Value("copy", slope.Shape, ValueKind.Activation), slope);
        Assert.Contains(
            "Relayout of layer '1' to copy [3] reads a slope, which is kept for backward.",
            GradientLaw.Violations(s_graph, With(forward: [.. s_training.Forward, reader])));
    }

    private static TrainingGraph With(
        IReadOnlyList<Operation>? forward = null,
        IReadOnlyList<Judgement>? judgements = null,
        IReadOnlyList<Operation>? backward = null,
        IReadOnlyDictionary<Parameter, Value>? gradients = null) => new()
        {
            Forward = forward ?? s_training.Forward,
            Judgements = judgements ?? s_training.Judgements,
            Backward = backward ?? s_training.Backward,
            InputBackward = s_training.InputBackward,
            InputGradients = s_training.InputGradients,
            ParameterGradients = gradients ?? s_training.ParameterGradients,
        };
}
