namespace NetGen.Tests.Schedules;

public sealed class ScheduleTests
{
    public static TheoryData<string> References => [.. ByReference.Keys];

    private static readonly Dictionary<string, Schedule> ByReference = new()
    {
        ["schedule-step"] = new StepSchedule(0.1f, size: 7, factor: 0.5f),
        ["schedule-multistep"] = new MultiStepSchedule(0.1f, [7, 14], factor: 0.1f),
        ["schedule-exponential"] = new ExponentialSchedule(0.1f, factor: 0.93f),
        ["schedule-polynomial"] = new PolynomialSchedule(0.1f, steps: 25, power: 2),
        ["schedule-cosine"] = new CosineSchedule(0.1f, steps: 30, end: 0.001f),
        ["schedule-cosine-restarts"] = new CosineRestartsSchedule(0.1f, period: 7, multiplier: 2, end: 0.001f),
        ["schedule-onecycle"] = new OneCycleSchedule(0.5f, steps: 31),
        ["schedule-linear-warmup"] = new ConstantSchedule(0.1f).AfterWarmup(7, startFactor: 0.1f),
    };

    [Theory]
    [MemberData(nameof(References))]
    public void Rates_are_those_of_PyTorch(string name)
    {
        float[] expected = new ReferenceCase(name)["lr"];
        Assert.True(expected.Length > 20, $"{name} has only {expected.Length} steps.");
        for (int step = 0; step < expected.Length; step++)
        {
            float actual = ByReference[name].RateAt(step);
            Assert.True(
                Math.Abs(actual - expected[step]) <= 2e-6f * Math.Abs(expected[step]) + 1e-9f,
                $"{name}, step {step}: expected {expected[step]:R}, found {actual:R}");
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public void Rates_stay_finite_and_between_zero_and_the_highest_for_ever(string name)
    {
        float highest = name == "schedule-onecycle" ? 0.5f : 0.1f;
        foreach (long step in (long[])[0, 1, 29, 30, 31, 32, 1000, 1_000_000, int.MaxValue, 1L << 40, long.MaxValue])
            Assert.InRange(ByReference[name].RateAt(step), 0, highest);
    }

    [Fact]
    public void Schedules_with_an_end_stay_there()
    {
        Assert.Equal(0.001f, new CosineSchedule(0.1f, 30, 0.001f).RateAt(45));
        Assert.Equal(0.02f, new PolynomialSchedule(0.1f, 10, end: 0.02f).RateAt(10));
        Assert.Equal(0.5f / 25 / 1e4f, new OneCycleSchedule(0.5f, 31).RateAt(100), 1e-12f);
    }

    [Fact]
    public void One_cycle_works_from_no_rise_to_nothing_but_rise()
    {
        Assert.Equal(1, new OneCycleSchedule(1, steps: 10, riseShare: 0).RateAt(0));
        Assert.Equal(1f / 25, new OneCycleSchedule(1, steps: 10, riseShare: 1).RateAt(0), 1e-6f);
        // A run of one epoch learns.
        Assert.Equal(1, new OneCycleSchedule(1, steps: 1).RateAt(0));
        Assert.True(float.IsFinite(new OneCycleSchedule(1, steps: 2, riseShare: 0.5f).RateAt(0)));
    }

    [Fact]
    public void A_warm_up_ends_where_the_schedule_begins()
    {
        var schedule = new CosineSchedule(0.4f, 10).AfterWarmup(4);
        Assert.Equal(0.08f, schedule.RateAt(0), 1e-6f);
        Assert.Equal(0.32f, schedule.RateAt(3), 1e-6f);
        Assert.Equal(0.4f, schedule.RateAt(4));
        Assert.Equal(0.2f, schedule.RateAt(9), 1e-6f);
        Assert.Equal(0, schedule.RateAt(14));
    }

    [Fact]
    public void A_warm_up_starts_from_nothing_only_where_that_is_asked_for()
    {
        Assert.Equal(0.5f, new ConstantSchedule(1).AfterWarmup(1).RateAt(0));
        Assert.Equal(0, new ConstantSchedule(1).AfterWarmup(1, startFactor: 0).RateAt(0));
    }

    [Fact]
    public void A_sequence_runs_each_schedule_from_its_own_beginning()
    {
        var schedule = new SequenceSchedule(0.01f, (0.5f, 2), (new ExponentialSchedule(0.4f, 0.5f), 3));
        float[] rates = [.. Enumerable.Range(0, 7).Select(step => schedule.RateAt(step))];
        Assert.Equal([0.5f, 0.5f, 0.4f, 0.2f, 0.1f, 0.01f, 0.01f], rates);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Assert.Equal("rate", Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(-1)).ParamName);
        Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(1, 0)).ParamName);
        Assert.Equal("steps", Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(1, 0)).ParamName);
        Assert.Equal("riseShare", Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1, 5, 1.1f)).ParamName);
        Assert.Equal("divisor", Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1, 5, 0.3f, 0)).ParamName);
        Assert.Throws<ArgumentException>(() => new MultiStepSchedule(1, [5, 5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(1).RateAt(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceSchedule(1f, (1f, 0)));
    }
}
