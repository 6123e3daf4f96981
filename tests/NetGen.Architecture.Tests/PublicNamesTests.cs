using System.Reflection;
using NetGen.CompilerServices;

namespace NetGen.Architecture.Tests;

/// <summary>What is called the same is the same, all over the public surface of the packages.</summary>
public sealed class PublicNamesTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What generated code is handed are not seeds any more but keys drawn from them.
    private static readonly Type[] s_types =
    [
        .. new[] { typeof(NetworkAttribute), typeof(FitOptions) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.Namespace != typeof(Worker).Namespace),
    ];

    [Fact]
    public void A_seed_is_an_int()
    {
        var seeds = s_types.SelectMany(type => type.GetProperties(Everything))
            .Where(property => property.Name.EndsWith("Seed", StringComparison.Ordinal))
            .Select(property => ($"{property.DeclaringType!.Name}.{property.Name}", property.PropertyType))
            .Concat(s_types.SelectMany(type => type.GetMembers(Everything)).OfType<MethodBase>().SelectMany(method => method.GetParameters())
                .Where(parameter => parameter.Name!.EndsWith("seed", StringComparison.OrdinalIgnoreCase))
                .Select(parameter => ($"{parameter.Member.DeclaringType!.Name}.{parameter.Member.Name}({parameter.Name})", parameter.ParameterType)))
            .ToList();

        Assert.Contains(("INetwork`1.Create(seed)", typeof(int)), seeds);
        Assert.All(seeds, seed => Assert.True(seed.Item2 == typeof(int), $"{seed.Item1} is a {seed.Item2.Name}."));
    }

    [Fact]
    public void A_namespace_is_never_a_type_too() => Assert.Equal(
        [], s_types.Select(type => type.FullName).Intersect(s_types.Select(type => type.Namespace)));
}
