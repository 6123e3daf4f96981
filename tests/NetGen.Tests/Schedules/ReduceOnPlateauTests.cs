namespace NetGen.Tests.Schedules;

public sealed class ReduceOnPlateauTests
{
    [Fact]
    public void The_rate_falls_once_patience_is_exceeded()
    {
        var plateau = new ReduceOnPlateau(1) { Patience = 2, Factor = 0.5f };
        float[] rates = [.. ((double[])[5, 4, 4, 4, 4, 4, 4, 4]).Select(plateau.Report)];
        Assert.Equal([1f, 1f, 1f, 1f, 0.5f, 0.5f, 0.5f, 0.25f], rates);
    }

    [Fact]
    public void Improvement_below_the_threshold_does_not_count()
    {
        var plateau = new ReduceOnPlateau(1) { Patience = 0, Threshold = 0.1f, Factor = 0.5f };
        plateau.Report(100);
        Assert.Equal(1, plateau.Report(89));
        Assert.Equal(0.5f, plateau.Report(85));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(0, true)]
    public void A_measure_that_stands_still_is_no_improvement_whatever_its_sign(double value, bool higherIsBetter)
    {
        var plateau = new ReduceOnPlateau(1) { Patience = 1, Factor = 0.5f, HigherIsBetter = higherIsBetter };
        float[] rates = [.. ((double[])[value, value, value, value, value]).Select(plateau.Report)];
        Assert.Equal([1f, 1f, 0.5f, 0.5f, 0.25f], rates);
    }

    [Theory]
    [InlineData(false, -1.05, -1.2)]
    [InlineData(true, -0.95, -0.8)]
    public void The_threshold_is_a_share_of_the_size_below_zero_too(bool higherIsBetter, double almost, double better)
    {
        var plateau = new ReduceOnPlateau(1) { Threshold = 0.1f, HigherIsBetter = higherIsBetter };
        plateau.Report(-1);
        plateau.Report(almost);
        Assert.Equal(-1, plateau.State.Best);
        plateau.Report(better);
        Assert.Equal(better, plateau.State.Best);
    }

    [Fact]
    public void After_an_infinite_loss_any_finite_one_is_an_improvement()
    {
        var plateau = new ReduceOnPlateau(1);
        plateau.Report(double.PositiveInfinity);
        plateau.Report(3);
        Assert.Equal(3, plateau.State.Best);
    }

    [Fact]
    public void Nothing_is_counted_while_it_cools_down_and_the_minimum_holds()
    {
        var plateau = new ReduceOnPlateau(1) { Patience = 0, Cooldown = 2, Factor = 0.1f, Minimum = 0.05f };
        float[] rates = [.. ((double[])[1, 1, 1, 1, 1, 1]).Select(plateau.Report)];
        Assert.Equal([1f, 0.1f, 0.1f, 0.1f, 0.05f, 0.05f], rates);
    }

    [Fact]
    public void Higher_may_be_better_and_NaN_never_is()
    {
        var plateau = new ReduceOnPlateau(1) { Patience = 0, Factor = 0.5f, HigherIsBetter = true };
        plateau.Report(0.8);
        Assert.Equal(1, plateau.Report(0.9));
        Assert.Equal(0.5f, plateau.Report(double.NaN));
        Assert.Equal(0.9, plateau.State.Best);
    }

    [Fact]
    public void A_restored_state_goes_on_where_it_was()
    {
        var original = new ReduceOnPlateau(1) { Patience = 2, Cooldown = 1 };
        foreach (double value in (double[])[3, 3, 3])
            original.Report(value);
        var resumed = new ReduceOnPlateau(1) { Patience = 2, Cooldown = 1, State = original.State };
        for (int i = 0; i < 8; i++)
            Assert.Equal(original.Report(3), resumed.Report(3));
        Assert.True(resumed.Rate < 0.5f);
    }
}
