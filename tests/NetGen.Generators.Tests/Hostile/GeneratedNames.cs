using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Tests.Harness;
using NetGen.Generators.Tests.Limits;

namespace NetGen.Generators.Tests.Hostile;

/// <summary>
/// The names that generated code uses, read from the code itself: whatever stands for something that is not declared in the very
/// method. A type, namespace or member of the user's under one of them must not be taken for what the code means.
/// </summary>
public sealed class GeneratedNames
{
    public GeneratedNames()
    {
        // One of each feature, and a few short chains that together use every name which some sample network uses: always the one with the
        // most that is new for its length.
        var outside = new SortedSet<string>(StringComparer.Ordinal);
        var inside = new SortedSet<string>(StringComparer.Ordinal);
        var chosen = new List<HostileNetwork>();
        foreach (HostileNetwork network in HostileNetwork.Features)
            Choose(NamesOf.Of(network));
        List<NamesOf> samples =
            [.. SampleNetworks.Workloads.Concat(SampleNetworks.Sweep).Select(sample => NamesOf.Of(new(sample.Key, sample.Value)))];
        while (samples.MaxBy(New) is { } best && New(best) > 0)
            Choose(best);

        double New(NamesOf network) => network.Outside.Except(outside).Count() / (double)network.Length;
        inside.ExceptWith(outside);
        Networks = chosen;
        Outside = outside;
        Inside = inside;

        void Choose(NamesOf network)
        {
            chosen.Add(network.Network);
            outside.UnionWith(network.Outside);
            inside.UnionWith(network.Inside);
        }
    }

    public IReadOnlyList<HostileNetwork> Networks { get; }

    /// <summary>Names of what other assemblies declare.</summary>
    public IReadOnlySet<string> Outside { get; }

    /// <summary>Names of the members of the class that generated code declares.</summary>
    public IReadOnlySet<string> Inside { get; }

    /// <summary>All that a project may use for something else.</summary>
    public IEnumerable<string> Free => Outside.Concat(Inside);

    /// <summary>The names in one network's files.</summary>
    private sealed record NamesOf(HostileNetwork Network, int Length, HashSet<string> Outside, HashSet<string> Inside)
    {
        public static NamesOf Of(HostileNetwork network)
        {
            SyntaxNode[] roots = [.. GeneratorHarness.Generate(network.Declaration()).Select(tree => tree.GetRoot())];
            var used = new HashSet<string>();
            var local = new HashSet<string>();
            var declared = new HashSet<string>();
            var members = new HashSet<string>();
            foreach (SyntaxNode node in roots.SelectMany(root => root.DescendantNodes()))
            {
                switch (node)
                {
                    case IdentifierNameSyntax { Parent: AliasQualifiedNameSyntax alias } root when alias.Alias == root:
                        break;
                    case SimpleNameSyntax use:
                        used.Add(use.Identifier.ValueText);
                        break;
                    case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field:
                        Declare(field.Identifier, field.Parent!.Parent!);
                        break;
                    case VariableDeclaratorSyntax variable:
                        local.Add(variable.Identifier.ValueText);
                        break;
                    case SingleVariableDesignationSyntax variable:
                        local.Add(variable.Identifier.ValueText);
                        break;
                    case ParameterSyntax parameter:
                        local.Add(parameter.Identifier.ValueText);
                        break;
                    case MethodDeclarationSyntax method:
                        Declare(method.Identifier, method);
                        break;
                    case PropertyDeclarationSyntax property when property.Modifiers.Any(SyntaxKind.PartialKeyword):
                        // A point: the user's own name.
                        declared.Add(property.Identifier.ValueText);
                        break;
                    case PropertyDeclarationSyntax property:
                        Declare(property.Identifier, property);
                        break;
                    case BaseTypeDeclarationSyntax type:
                        Declare(type.Identifier, type);
                        break;
                }
            }

            used.ExceptWith(local);
            HashSet<string> outside = [.. used.Except(declared).Where(other => other != network.Name)];
            return new NamesOf(network, roots.Sum(root => root.FullSpan.Length), outside, members);

            void Declare(SyntaxToken identifier, SyntaxNode declaration)
            {
                declared.Add(identifier.ValueText);
                if (declaration.Parent is ClassDeclarationSyntax around && around.Identifier.ValueText == network.Name)
                    members.Add(identifier.ValueText);
            }
        }
    }
}
