using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Graph;

/// <summary>Weights start as the first activation that their product meets was derived for.</summary>
public sealed class InitialiserTests
{
    private static readonly (string Attributes, Initializer Expected)[] s_cases =
    [
        ("Dense(4), Relu", Initializer.HeUniform),
        ("Dense(4), LeakyRelu", Initializer.HeUniform),
        ("Dense(4), PRelu", Initializer.HeUniform),
        ("Dense(4), PRelu(PerChannel = true)", Initializer.HeUniform),
        ("Dense(4), BatchNorm, PRelu", Initializer.HeUniform),
        ("Dense(4), Dropout(0.5), PRelu", Initializer.HeUniform),
        ("Dense(4), Tanh", Initializer.GlorotUniform),
        ("Dense(4), Dense(4), PRelu", Initializer.GlorotUniform),
        ("Dense(4)", Initializer.GlorotUniform),
        ("Dense(4, WeightInit = Initializer.GlorotNormal), PRelu", Initializer.GlorotNormal),
    ];

    [Fact]
    public void The_default_follows_the_activation()
    {
        GeneratorRun run = GeneratorHarness.Run(
            [.. s_cases.Select((test, i) => $"[Network, Input(3), {test.Attributes}] public partial class Net{i};")]);
        using LoadedAssembly loaded = run.Load();
        for (int i = 0; i < s_cases.Length; i++)
        {
            var description = (NetworkDescription)loaded.Assembly.GetType($"Net{i}")!.GetProperty("Description")!.GetValue(null)!;
            Assert.Equal((s_cases[i].Attributes, s_cases[i].Expected), (s_cases[i].Attributes, description.Parameters[0].Initializer));
        }
    }
}
