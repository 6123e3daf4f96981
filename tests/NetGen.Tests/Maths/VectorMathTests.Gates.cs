using System.Runtime.Intrinsics;

namespace NetGen.Tests.Maths;

/// <summary>Gates, and what they let pass.</summary>
public sealed partial class VectorMathTests
{
    [Fact]
    public void GatedTanh_is_within_its_bound()
    {
        AssertGatedTanh(VectorMath.GatedTanh, 5e-7);
        Assert.Equal(VectorMath.GatedTanh(0.7f, 0.2f), VectorMath.GatedTanh(Vector512.Create(0.7f), Vector512.Create(0.2f))[15]);
        Assert.Equal(VectorMath.GatedTanh(0.7f, 0.2f), VectorMath.GatedTanh(Vector128.Create(0.7f), Vector128.Create(0.2f))[3]);
    }

    private static void AssertGatedTanh(Func<float, float, float> gatedTanh, double absolute)
    {
        foreach (float gate in (float[])[-100, -17, -3, -0.1f, 0, 0.7f, 5, 40])
        {
            foreach (float x in Sweep(-12, 12))
            {
                double difference = gatedTanh(x, gate) - Math.Tanh(x) / (1 + Math.Exp(-gate));
                if (!(Math.Abs(difference) <= absolute))
                    Assert.Fail($"tanh {x:R} · gate {gate:R} is off by {difference:G3}");
            }
        }

        Assert.True(float.IsNaN(gatedTanh(float.NaN, 1)) && float.IsNaN(gatedTanh(1, float.NaN)));
    }

    [Fact]
    public void GatedMix_is_within_its_bound()
    {
        AssertGatedMix(VectorMath.GatedMix, 7e-7);
        Assert.Equal(VectorMath.GatedMix(0.7f, 0.2f, 3), VectorMath.GatedMix(Vector512.Create(0.7f), Vector512.Create(0.2f), Vector512.Create(3f))[15]);
        Assert.Equal(VectorMath.GatedMix(0.7f, 0.2f, 3), VectorMath.GatedMix(Vector128.Create(0.7f), Vector128.Create(0.2f), Vector128.Create(3f))[3]);
    }

    private static void AssertGatedMix(Func<float, float, float, float> gatedMix, double error)
    {
        // Each pair of the others meets every seventh, one after the other.
        (float, double)[][] tanhs =
            [.. Sweep(-12, 12).Select((x, i) => (x, i)).GroupBy(at => at.i % 7, at => (at.x, Math.Tanh(at.x))).Select(group => group.ToArray())];
        int pair = 0;
        foreach (float other in (float[])[0, 0.3f, -1, 5, -1e6f])
        {
            foreach (float gate in (float[])[-100, -17, -3, -0.1f, 0, 0.7f, 5, 40])
            {
                double share = 1 / (1 + Math.Exp(-gate)), most = error * Math.Max(1, Math.Abs(other));
                foreach ((float x, double tanh) in tanhs[pair++ % tanhs.Length])
                {
                    double difference = gatedMix(x, gate, other) - (share * other + (1 - share) * tanh);
                    if (!(Math.Abs(difference) <= most))
                        Assert.Fail($"gate {gate:R} of {other:R} and tanh {x:R} is off by {difference:G3}");
                }
            }
        }

        Assert.True(float.IsNaN(gatedMix(float.NaN, 1, 1)) && float.IsNaN(gatedMix(1, float.NaN, 1)) && float.IsNaN(gatedMix(1, 1, float.NaN)));
        Assert.Equal(0.5f, gatedMix(0, 0, 1));
    }

    [Fact]
    public void Gate_never_leaves_0_to_1_and_its_ends_are_exact()
    {
        foreach (float x in Sweep(-24, 24))
            Assert.InRange(VectorMath.Gate(x), 0f, 1f);
        Assert.Equal(0.5f, VectorMath.Gate(0f));
        AssertAt<Gate>(-16.1f, 0);
        AssertAt<Gate>(float.MinValue, 0);
        AssertAt<Gate>(16.1f, 1);
        AssertAt<Gate>(float.PositiveInfinity, 1);
        Assert.True(float.IsNaN(VectorMath.Gate(float.NaN)));
    }
}
