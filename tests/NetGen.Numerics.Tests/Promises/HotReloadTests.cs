using System.Reflection;

namespace NetGen.Numerics.Tests.Promises;

[Network, Input(4), Dense(8), Relu, Dense(2), MeanSquaredError]
public partial class BeforeTheEdit;

/// <summary>As small, so that its prediction is one straight line; all of its memory has the same length.</summary>
[Network, Input(4), Dense(8), Tanh, Dense(2), MeanSquaredError]
public partial class AfterTheEdit;

[Network, Input(4), Dense(500), Relu, Dense(2), MeanSquaredError]
public partial class AfterALargeEdit;

/// <summary>Its predictions read what is prepared of the parameters.</summary>
[Network, Input(4), Dense(8), BatchNorm, Relu, Dense(2), MeanSquaredError]
public partial class WithPreparation;

[Network, Input(6, 2), Gru(4), Dense(1), MeanSquaredError]
public partial class StreamBeforeTheEdit;

[Network, Input(6, 2), Gru(4), Dense(1), Tanh, MeanSquaredError]
public partial class StreamAfterTheEdit;

[Network, Input(6, 2), Gru(300), Dense(1), MeanSquaredError]
public partial class StreamAfterALargeEdit;

[Network, Input(2, 12), Conv1D(4, 3, Stride = 2, Padding = Padding.Causal), Relu, Conv1D(1, 1), MeanSquaredError]
public partial class DecimationBeforeTheEdit;

[Network, Input(2, 12), Conv1D(4, 3, Stride = 2, Padding = Padding.Causal), Tanh, Conv1D(1, 1), MeanSquaredError]
public partial class DecimationAfterTheEdit;

[Network, Input(2, 12), Conv1D(300, 3, Stride = 3, Padding = Padding.Causal), Relu, Conv1D(1, 1), MeanSquaredError]
public partial class DecimationAfterALargeEdit;

/// <summary>
/// Hot reload replaces a class's methods while its objects live on. What it leaves is emulated: the code of one network over the parameters
/// of another. The edit itself is refused by the compiler, because the stamp is a constant.
/// </summary>
public class HotReloadTests
{
    private static readonly float[] s_input = [1, 2, 3, 4];

    [Fact]
    public void New_kernels_never_run_over_the_memory_of_old_layers()
    {
        AssertRefused(new AfterTheEdit());
        AssertRefused(new AfterALargeEdit());
    }

    private static void AssertRefused<TNetwork>(TNetwork network) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using var trainer = new Trainer<TNetwork>(network, new Sgd(0.1f));
        trainer.Step(s_input, [1f, 2f]);
        var before = new BeforeTheEdit(seed: 7).Parameters;
        Replace(network, before);
        float[] values = before.Span.ToArray();
        var output = new float[] { -1, -1 };

        Assert.Contains(
            "were changed while the program runs (hot reload), and its memory still has the shape of those it started with",
            Assert.Throws<InvalidOperationException>(() => network.Predict(s_input, output)).Message);
        Assert.Throws<InvalidOperationException>(() => network.PredictBatch(s_input, output));
        Assert.Throws<InvalidOperationException>(() => trainer.Step(s_input, [1f, 2f]));
        Assert.Equal(values, before.Span.ToArray());
        Assert.Equal([-1, -1], output);
    }

    [Fact]
    public void A_stream_takes_no_step_over_the_memory_of_old_layers()
    {
        var small = new StreamAfterTheEdit(seed: 7);
        Replace(small, new StreamBeforeTheEdit(seed: 7).Parameters);
        AssertRefused(small.OpenStream());
        var large = new StreamAfterALargeEdit(seed: 7);
        Replace(large, new StreamBeforeTheEdit(seed: 7).Parameters);
        AssertRefused(large.OpenStream());

        static void AssertRefused(PredictionStream stream) => AssertNoStep(
            output => stream.Step([1, 2], output.AsSpan(0, 1)), output => stream.Steps([1, 2, 3, 4], output));
    }

    [Fact]
    public void A_stream_that_does_not_give_an_output_with_each_step_takes_none_either()
    {
        var small = new DecimationAfterTheEdit(seed: 7);
        Replace(small, new DecimationBeforeTheEdit(seed: 7).Parameters);
        AssertRefused(small.OpenStream());
        var large = new DecimationAfterALargeEdit(seed: 7);
        Replace(large, new DecimationBeforeTheEdit(seed: 7).Parameters);
        AssertRefused(large.OpenStream());

        static void AssertRefused(DecimatingStream stream)
        {
            AssertNoStep(output => stream.Step([1, 2], output.AsSpan(0, 1)), output => stream.Steps([1, 2, 3, 4], output));
            // It stands where it stood: none of those was a step.
            Assert.Equal(1, stream.OutputsOf(1));
        }
    }

    private static void AssertNoStep(params Action<float[]>[] steps)
    {
        var output = new float[] { -1, -1 };
        foreach (Action<float[]> step in steps)
        {
            Assert.Contains(
                "were changed while the program runs (hot reload)",
                Assert.Throws<InvalidOperationException>(() => step(output)).Message);
        }

        Assert.Equal([-1, -1], output);
    }

    private static void Replace<TNetwork>(TNetwork network, ParameterBlock parameters) =>
        typeof(TNetwork).GetField("<Parameters>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(network, parameters);

    [Fact]
    public void Nothing_is_prepared_over_the_memory_of_old_layers()
    {
        NetworkDescription network = WithPreparation.Description;
        // Padding at the end, as blocks have it.
        var values = new float[network.ParameterBlockLength + network.PreparedLength + 32];
        Assert.Throws<InvalidOperationException>(() => Prepare(network.CodeStamp + 1));
        Assert.All(values, value => Assert.Equal(0, value));
        values.AsSpan(0, network.ParameterBlockLength).Fill(1);
        Prepare(network.CodeStamp);
        Assert.Contains(values[network.ParameterBlockLength..], value => value != 0);

        void Prepare(ulong stamp) => network.Prepare!(stamp, in values[0], ref values[network.ParameterBlockLength]);
    }

    [Fact]
    public void The_stamp_is_a_constant_which_hot_reload_refuses_to_change()
    {
        ulong[] stamps = [StampOf<BeforeTheEdit>(), StampOf<AfterTheEdit>(), StampOf<AfterALargeEdit>()];
        Assert.Equal(3, stamps.Distinct().Count());
        Assert.Equal(BeforeTheEdit.Description.CodeStamp, stamps[0]);
    }

    private static ulong StampOf<TNetwork>()
    {
        FieldInfo stamp = typeof(TNetwork).GetNestedType("Definition", BindingFlags.NonPublic)!
            .GetField("CodeStamp", BindingFlags.Static | BindingFlags.NonPublic)!;
        Assert.True(stamp.IsLiteral);
        return (ulong)stamp.GetRawConstantValue()!;
    }
}
