namespace NetGen.Tests.Properties;

public sealed class ScheduleProperties
{
    [Fact]
    public void No_schedule_ever_leaves_its_range() => Draw.Check(
        numbers =>
        {
            float highest = (float)numbers.Magnitude(1e-6, 10), lowest = highest * numbers.OneOf(0, numbers.Single(0, 1));
            long steps = numbers.OneOf(1, numbers.Whole(2, 50), numbers.Whole(51, 1_000_000));
            float factor = numbers.Single(0, 1);
            (Schedule schedule, float low) = numbers.OneOf<(Schedule, float)>(
                (new ConstantSchedule(highest), highest),
                (new StepSchedule(highest, steps, factor), 0),
                (new MultiStepSchedule(highest, [steps, steps + numbers.Whole(1, 100)], factor), 0),
                (new ExponentialSchedule(highest, factor), 0),
                (new PolynomialSchedule(highest, steps, numbers.Single(0.1f, 4), lowest), lowest),
                (new CosineSchedule(highest, steps, lowest), lowest),
                (new CosineRestartsSchedule(highest, steps, numbers.Whole(1, 4), lowest), lowest),
                (new OneCycleSchedule(highest, steps, factor, 1 + 100 * numbers.Single(0, 1), 1 + 1e4f * numbers.Single(0, 1)), 0));
            if (numbers.Whole(0, 2) == 0)
                (schedule, low) = (schedule.AfterWarmup(steps, factor), 0);

            foreach (long step in (long[])[0, 1, steps - 1, steps, steps + 1, numbers.Whole(0, 2000), (long)numbers.Magnitude(1, 1e18), long.MaxValue])
            {
                float rate = schedule.RateAt(step);
                // The ends are computed in double precision and rounded once.
                Assert.True(
                    rate >= low * (1 - 1e-6f) && rate <= highest * (1 + 1e-6f),
                    $"{schedule.GetType().Name} gives {rate:R} at step {step}, outside of {low:R} to {highest:R}");
            }
        },
        cases: 500);

    [Fact]
    public void A_plateau_never_raises_the_rate_nor_lowers_it_below_its_minimum() => Draw.Check(numbers =>
    {
        float rate = (float)numbers.Magnitude(1e-6, 10), minimum = rate * numbers.Single(0, 2);
        var plateau = new ReduceOnPlateau(rate)
        {
            Factor = numbers.Single(0, 0.99f), Patience = numbers.Whole(0, 4), Cooldown = numbers.Whole(0, 3), Minimum = minimum,
            HigherIsBetter = numbers.Whole(0, 1) == 1,
        };
        for (int i = 0; i < 60; i++)
        {
            float before = plateau.Rate;
            float after = plateau.Report(numbers.OneOf(double.NaN, numbers.Real(-5, 5), numbers.Real(0, 1)));
            Assert.InRange(after, Math.Min(rate, minimum), before);
        }
    });
}
