using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generators.Tests.Hostile;

/// <summary>The declaration of a network, in which every name of NetGen's begins with <c>global::</c>: it means the same anywhere.</summary>
/// <param name="Name">The class.</param>
/// <param name="Attributes">The attributes of the class, without <c>[Network]</c>.</param>
/// <param name="Points">The points of the class, if it has any.</param>
/// <param name="Blocks">The blocks that it uses.</param>
public sealed record HostileNetwork(string Name, string Attributes, string Points = "", string Blocks = "")
{
    /// <summary>What chains of layers do not have: points, blocks, several inputs and outputs, shared parameters.</summary>
    public static readonly HostileNetwork[] Graphs =
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
        new("SmallResidual", "[Input(3, 8, 8), Conv2D(8, 3, Padding = Padding.Same), BatchNorm, Relu, Residual<ResidualLayers>(Times = 2), Upsample(2), GlobalMaxPool, Dense(3), Softmax]",
            Blocks: "[Block, Conv2D(8, 3, Padding = Padding.Same), BatchNorm, PRelu, Conv2D(8, 3, Padding = Padding.Same)] public partial class ResidualLayers;"),
    ];

    /// <summary>The network and its blocks.</summary>
    /// <param name="members">Members of the class beside its points.</param>
    public string Declaration(string members = "")
    {
        CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit($"[Network] {Attributes} public partial class {Name} {{ {Points} }} {Blocks}");
        IEnumerable<SimpleNameSyntax> names = unit.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Parent switch
        {
            AttributeSyntax => true,
            MemberAccessExpressionSyntax access => access.Expression == name,
            PropertyDeclarationSyntax => true,
            _ => false,
        });
        string text = unit.ReplaceNodes(names, (_, name) => SyntaxFactory.ParseName("global::NetGen." + name).WithTriviaFrom(name)).ToString();
        string header = $"public partial class {Name} {{";
        return text.Replace(header, header + " " + members) + "\n";
    }
}
