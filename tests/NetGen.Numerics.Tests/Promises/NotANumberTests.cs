namespace NetGen.Numerics.Tests.Promises;

/// <summary>What is not a number is never swallowed: it comes out, and stops training with the parameters as they were.</summary>
[Trait("Category", "Numeric")]
public sealed class NotANumberTests
{
    [Fact]
    public void A_window_that_holds_one_is_one()
    {
        var output = new float[2];
        new PooledAlone().Predict([float.NaN, 5, 7, float.NaN, 0, 0, 0, 0], output);
        Assert.All(output, value => Assert.True(float.IsNaN(value)));
        new PooledAlone().Predict([float.NaN, float.NaN, 1, 2, float.NaN, float.NaN, 3, 4], output);
        Assert.True(float.IsNaN(output[0]));
        Assert.Equal(4, output[1]);
    }

    [Fact]
    public void A_step_on_one_is_refused_and_changes_nothing()
    {
        var model = new PooledAndTrained(seed: 5);
        float[] before = [.. model.Parameters.SelectMany(tensor => tensor.ToArray())];
        var images = new float[4 * PooledAndTrained.InputLength];
        images[PooledAndTrained.InputLength + 14] = float.NaN;
        using var trainer = new Trainer<PooledAndTrained>(model, new Sgd(0.1f));
        Assert.Throws<NonFiniteLossException>(() => trainer.Step(images, (int[])[0, 1, 2, 0]));
        Assert.Equal(before, model.Parameters.SelectMany(tensor => tensor.ToArray()));
    }
}

[Network, Input(1, 2, 4), MaxPool2D(2)]
public partial class PooledAlone;

[Network, Input(1, 6, 6), Conv2D(4, 3), Relu, MaxPool2D(2), Dense(3), SoftmaxCrossEntropy]
public partial class PooledAndTrained;
