using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Limits;

/// <summary>Every sample network in one user project, generated and compiled once for all tests that look at the result.</summary>
[CollectionDefinition(Collection)]
public sealed class CompiledNetworks : ICollectionFixture<CompiledNetworks>
{
    public const string Collection = "compiled networks";

    public CompiledNetworks()
    {
        Run = GeneratorHarness.Run(SampleNetworks.Sources);
        using LoadedAssembly loaded = Run.Load();
        Methods = MethodSize.ReadAll(loaded.Image);
    }

    internal GeneratorRun Run { get; }

    internal IReadOnlyList<MethodSize> Methods { get; }
}
