using System.ComponentModel;
using System.Reflection;
using NetGen.CompilerServices;

namespace NetGen.Architecture.Tests;

/// <summary>What the package that embedded programs ship promises.</summary>
public sealed class CorePackageTests
{
    private static readonly Assembly s_core = typeof(NetworkAttribute).Assembly;

    [Fact]
    public void It_depends_on_nothing_but_the_framework() => Assert.All(
        s_core.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void What_only_generated_code_calls_is_hidden_from_completion() => Assert.Equal(
        [],
        s_core.GetExportedTypes()
            .Where(type => type.Namespace == typeof(Worker).Namespace && !type.IsNested)
            .Where(type => type.GetCustomAttribute<EditorBrowsableAttribute>() is not { State: EditorBrowsableState.Never })
            .Select(type => type.Name));

    [Fact]
    public void Namespaces_are_few_and_each_is_there_for_somebody() => Assert.Equal(
        ["NetGen", "NetGen.CompilerServices", "NetGen.Files", "NetGen.Maths"],
        s_core.GetExportedTypes().Select(type => type.Namespace!).Distinct().Order(StringComparer.Ordinal));
}
