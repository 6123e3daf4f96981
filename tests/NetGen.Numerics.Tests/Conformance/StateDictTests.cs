namespace NetGen.Numerics.Tests.Conformance;

/// <summary>As in PyTorch, whose attributes begin with small letters.</summary>
[Block]
public partial class DownsamplingModule
{
#pragma warning disable IDE1006 // Names are those of the module's attributes.
    [Conv2D(12, 3, Stride = 2, Pad = 1, Bias = false), BatchNorm, Relu, Conv2D(12, 3, Padding = Padding.Same, Bias = false), BatchNorm]
    public partial Layer body { get; }

    [From(Layer.Input), Conv2D(12, 1, Stride = 2, Bias = false), BatchNorm]
    public partial Layer shortcut { get; }
#pragma warning restore IDE1006

    [From(nameof(body)), Add(nameof(shortcut)), Relu]
    public partial Layer Sum { get; }
}

[Network, Input(3, 8, 8)]
[Conv2D(8, 3, Padding = Padding.Same), Relu, Use<DownsamplingModule>, GlobalAveragePool, Dense(4), SoftmaxCrossEntropy]
public partial class DownsamplingNet;

/// <summary>What PyTorch saves of modules in modules, and of modules that are used twice, loads by the paths of their parts as it is.</summary>
[Trait("Category", "Numeric")]
public sealed class StateDictTests
{
    [Fact]
    public void A_residual_module_loads_by_its_path() => Loads(new ResidualNet(), "residual");

    [Fact]
    public void A_module_with_two_branches_loads_by_its_paths() => Loads(new DownsamplingNet(), "resnet-downsample");

    [Fact]
    public void A_module_that_two_use_is_there_once() => Loads(new Siamese(), "siamese");

    [Fact]
    public void A_module_that_is_there_under_two_names_is_refused_with_what_would_help()
    {
        var reference = new GraphReference<Siamese>("siamese");
        var model = new Siamese();
        float[] before = model.Parameters.Span.ToArray();
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(
            () => model.Parameters.Load(reference.StateDict(("tower.", "other.")), new LoadOptions()));
        Assert.Contains("other.0.weight", refusal.Message);
        Assert.Contains(nameof(LoadOptions.IgnoreExtra), refusal.Message);
        Assert.Equal(before, model.Parameters.Span.ToArray());

        model.Parameters.Load(reference.StateDict(("tower.", "other.")), new LoadOptions { IgnoreExtra = true });
        Agrees(model, reference);
    }

    private static void Loads<TNetwork>(TNetwork model, string name) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var reference = new GraphReference<TNetwork>(name);
        model.Parameters.Load(reference.StateDict());
        Agrees(model, reference);
        foreach (ParameterTensor count in model.Parameters.Where(tensor => tensor.Description.IsCount))
            Assert.Equal([3], count.ToArray());
    }

    private static void Agrees<TNetwork>(TNetwork model, GraphReference<TNetwork> reference) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using var trainer = new Trainer<TNetwork>(model, new Sgd(0.1f));
        var gradient = new float[reference.Inputs.Length];
        Agree.Within(1e-5, [reference.Loss], [trainer.ComputeGradient(reference.Inputs, reference.Targets, reference.Classes, gradient, [])], "loss");
        Agree.Within(1e-5, reference.InputGradient, gradient, "gradient of the inputs");
    }
}
