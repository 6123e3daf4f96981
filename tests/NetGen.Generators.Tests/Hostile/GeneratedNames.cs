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
        // A few short networks that together use every name which some sample network uses: always the one with the most that is
        // new for its length.
        List<NamesOf> samples = [.. SampleNetworks.Workloads.Concat(SampleNetworks.Sweep).Select(sample => NamesOf.Network(sample.Key, sample.Value))];
        var outside = new SortedSet<string>(StringComparer.Ordinal);
        var inside = new SortedSet<string>(StringComparer.Ordinal);
        var chosen = new List<(string, string)>();
        while (samples.MaxBy(New) is { } best && New(best) > 0)
        {
            chosen.Add((best.Name, Qualified(best.Attributes)));
            outside.UnionWith(best.Outside);
            inside.UnionWith(best.Inside);
        }

        double New(NamesOf network) => network.Outside.Except(outside).Count() / (double)network.Length;
        inside.ExceptWith(outside);
        Networks = chosen;
        Outside = outside;
        Inside = inside;
    }

    /// <summary>Networks by name, with their attributes written so that they mean the same anywhere.</summary>
    public IReadOnlyList<(string Name, string Attributes)> Networks { get; }

    /// <summary>Names of what other assemblies declare.</summary>
    public IReadOnlySet<string> Outside { get; }

    /// <summary>Names of the members of the class that generated code declares.</summary>
    public IReadOnlySet<string> Inside { get; }

    /// <summary>
    /// Names that generated code still writes short in the user's namespace, where they could mean something else. Nothing is
    /// added here: what is written out in full, or moves to a namespace of NetGen's own, is taken from the list.
    /// </summary>
    public static readonly IReadOnlySet<string> StillShort = new HashSet<string> { "Unsafe", "nint", "nuint", "var" };

    /// <summary>All that a project may use for something else.</summary>
    public IEnumerable<string> Free => Outside.Concat(Inside).Except(StillShort);

    /// <summary>Attributes whose every name begins with <c>global::</c>.</summary>
    public static string Qualified(string attributes)
    {
        CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(attributes + "class C;");
        IEnumerable<IdentifierNameSyntax> names = unit.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name =>
            name.Parent is AttributeSyntax || (name.Parent is MemberAccessExpressionSyntax access && access.Expression == name));
        return unit
            .ReplaceNodes(names, (_, name) => SyntaxFactory.ParseName("global::NetGen." + name))
            .Members[0].ToString().Replace("class C;", "");
    }

    /// <summary>The names in one network's files.</summary>
    private sealed record NamesOf(string Name, string Attributes, int Length, HashSet<string> Outside, HashSet<string> Inside)
    {
        public static NamesOf Network(string name, string attributes)
        {
            SyntaxNode[] roots = [.. GeneratorHarness.Generate($"[Network] {attributes} public partial class {name};").Select(tree => tree.GetRoot())];
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
                    case PropertyDeclarationSyntax property:
                        Declare(property.Identifier, property);
                        break;
                    case BaseTypeDeclarationSyntax type:
                        Declare(type.Identifier, type);
                        break;
                }
            }

            used.ExceptWith(local);
            HashSet<string> outside = [.. used.Except(declared).Where(other => other != name)];
            return new NamesOf(name, attributes, roots.Sum(root => root.FullSpan.Length), outside, members);

            void Declare(SyntaxToken identifier, SyntaxNode declaration)
            {
                declared.Add(identifier.ValueText);
                if (declaration.Parent is ClassDeclarationSyntax around && around.Identifier.ValueText == name)
                    members.Add(identifier.ValueText);
            }
        }
    }
}
