namespace NetGen.Samples.Tests;

public class PolicyTests
{
    [Fact]
    public void The_pole_stands_475_steps_of_500_on_average_over_100_episodes()
    {
        Sample sample = Sample.Run("Policy");

        double[] learned = sample.Numbers(@"^learned after (\d+) episodes, the last 100 of which lasted (\d+\.\d) steps on average$");
        Assert.InRange(learned[0], 100, 3990);
        Assert.InRange(learned[1], 475, 500);
        Assert.InRange(sample.Numbers(@"^without chance: (\d+\.\d) steps")[0], 475, 500);
        // The first fifty are played by a network that knows nothing.
        Assert.InRange(sample.Numbers(@"^episodes    1 to   50: ━+ (\d+)$")[0], 10, 80);
    }
}
