using System.Reflection;
using NetGen.Optimizers;

namespace NetGen.Architecture.Tests;

/// <summary>How the packages' own loops are compiled.</summary>
public sealed class LoopTests
{
    /// <summary>
    /// Inlined into a long program, a loop's own calls find the inliner's budget spent, and each vector operator becomes a call. A step of
    /// training took 1.4 times as long for that.
    /// </summary>
    [Fact]
    public void What_is_optimised_at_once_stays_a_method_of_its_own()
    {
        MethodInfo[] loops =
        [
            .. new[] { typeof(NetworkAttribute).Assembly, typeof(Optimizer).Assembly }
                .SelectMany(assembly => assembly.GetTypes())
                .SelectMany(type => type.GetMethods(
                    BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(method => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization)),
        ];
        Assert.NotEmpty(loops);
        Assert.Equal(
            [],
            loops.Where(method => !method.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining))
                .Select(method => $"{method.DeclaringType}.{method.Name}"));
    }
}
