using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generators.Tests.Hostile;

/// <summary>The declaration of a network, in which every name of NetGen's begins with <c>global::</c>: it means the same anywhere.</summary>
/// <param name="Name">The class.</param>
/// <param name="Attributes">The attributes of the class, without <c>[Network]</c>.</param>
/// <param name="Points">The points of the class, if it has any.</param>
/// <param name="Blocks">The blocks that it uses.</param>
/// <param name="Options">The arguments of <c>[Network]</c>, or null for a class that has functions alone.</param>
/// <param name="Functions">Functions that are differentiated, with names that begin with <c>global::</c> themselves.</param>
public sealed record HostileNetwork(
    string Name, string Attributes, string Points = "", string Blocks = "", string? Options = "", string Functions = "")
{
    /// <summary>
    /// One of each thing that code is generated for and that chains of layers do not have: points, blocks, several inputs and outputs, shared
    /// parameters, scans and the streams made of them, attention, tokens, lengths, points that are kept, gradients from outside, functions.
    /// </summary>
    public static readonly HostileNetwork[] Features =
    [
        new("TwoTowers", "", """
            [Input(6)] public partial Layer Wheel { get; }
            [Use<TowerOfLayers>] public partial Layer Left { get; }
            [Input(6)] public partial Layer Spoke { get; }
            [Use<TowerOfLayers>(Share = nameof(Left))] public partial Layer Right { get; }
            [Concat(nameof(Left), nameof(Right)), BatchNorm, Relu, Dropout(0.25)] public partial Layer Merged { get; }
            [Dense(4), SoftmaxCrossEntropy(ClassWeights = [1, 2, 1, 1])] public partial Layer Kind { get; }
            [From(nameof(Merged)), Dense(2), MeanSquaredError(Weight = 0.3)] public partial Layer Size { get; }
            """, """
            [Block] public partial class TowerOfLayers
            {
                [Dense(8), Relu] public partial Layer First { get; }
                [Dense(8), LayerNorm] public partial Layer Second { get; }
                [Add(nameof(First), nameof(Second))] public partial Layer Sum { get; }
            }
            """),
        new("SmallResidual", """
            [Input(3, 8, 8), Conv2D(8, 3, Padding = Padding.Same), BatchNorm, Relu, Residual<ResidualLayers>(Times = 2), Upsample(2)]
            [GlobalMaxPool, Dense(3), Softmax]
            """,
            Blocks: """
            [Block, Conv2D(8, 3, Padding = Padding.Same), BatchNorm, PRelu, Conv2D(8, 3, Padding = Padding.Same)] public partial class ResidualLayers;
            """),
        new("RecurrentLayers", """
            [Input(12, 3), Gru(8), Gru(6, ResetAfter = false), Lstm(5, Layers = 2), Rnn(4), LastStep, Dense(2), Huber]
            """),
        new("BothDirections", "[Input(9, 4), Lstm(5, Bidirectional = true), MaxOverTime, Dense(1), BinaryCrossEntropy]"),
        new("Signal", "[Input(3, 12), Conv1D(4, 3, Padding = Padding.Causal), Glu, Conv1D(2, 2, Dilation = 4, Padding = Padding.Causal), Relu]"),
        new("Decimated", "[Input(3, 24), Conv1D(4, 3, Stride = 2), Relu, MaxPool1D(2, Padding = Padding.Causal), AveragePool1D(2), Conv1D(2, 2)]"),
        new("Attention", """
            [Input(8, Vocabulary = 13), Embedding(8), Positions, TransformerBlock(2, 16, Causal = true)]
            [MultiHeadAttention(2, Causal = true, Rotary = RotaryPositions.Halves), Dense(13), SoftmaxCrossEntropy(IgnoreIndex = 0)]
            """),
        new("Lengths", """
            [Input(8, Vocabulary = 7, VariableLength = true), Embedding(6), Gru(5), MultiHeadAttention(1), MeanOverTime]
            [Dense(3), SoftmaxCrossEntropy]
            """),
        new("KeptPoints", "", """
            [Input(4)] public partial Layer First { get; }
            [Dense(6), Tanh] public partial Layer Second { get; }
            [Dense(2), MeanSquaredError] public partial Layer Third { get; }
            """, Options: "KeepPoints = true"),
        new("FromOutside", "[Input(5), Dense(7), BatchNorm, Relu, Dense(2)]", Options: "OutputGradients = true"),
        new("OwnFunctions", """
            [Input(4), Dense(5), Activation("SwishOfMine", 1, Trainable = true), Dense(2), Loss("LossOfMine", 0.9, Sum = true)]
            """, Functions: """
            [global::NetGen.Differentiable] private static float SwishOfMine(float x, float beta) => x / (1 + global::System.MathF.Exp(-beta * x));
            [global::NetGen.Differentiable] private static float LossOfMine(float output, float target, float share) =>
                output < target ? share * global::System.MathF.Sin(target - output) : (1 - share) * (output - target);
            """),
        new("FunctionsAlone", "", Options: null, Functions: """
            [global::NetGen.Differentiable(Hessian = true, HessianProduct = true)]
            public static double PolynomialOfMine(double x, double y) => x * x * y + global::System.Math.Pow(x, y) + global::System.Math.Atan2(x, y);
            [global::NetGen.Differentiable(Hessian = true, HessianProduct = true)]
            public static double SpanOfMine(
                [global::NetGen.Elements(3)] global::System.ReadOnlySpan<double> x, [global::NetGen.NotDifferentiated] double y)
            {
                double sum = 0;
                foreach (double one in x)
                    sum += global::System.Math.Log(one * one + y);
                return sum;
            }
            """),
    ];

    /// <summary>The network and its blocks.</summary>
    /// <param name="members">Members of the class beside its points.</param>
    public string Declaration(string members = "")
    {
        CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(
            $"{(Options is null ? "" : $"[Network({Options})]")} {Attributes} public partial class {Name} {{ {Functions} {Points} }} {Blocks}");
        IEnumerable<SimpleNameSyntax> names = unit.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Parent switch
        {
            AttributeSyntax or PropertyDeclarationSyntax => true,
            MemberAccessExpressionSyntax { Parent: AttributeArgumentSyntax } access => access.Expression == name,
            _ => false,
        });
        string text = unit.ReplaceNodes(names, (_, name) => SyntaxFactory.ParseName("global::NetGen." + name).WithTriviaFrom(name)).ToString();
        string header = $"public partial class {Name} {{";
        return text.Replace(header, header + " " + members) + "\n";
    }
}
