using NetGen.Testing;
using Xunit.Sdk;

namespace NetGen.Tests.Support;

/// <summary>The measure that every test of allocation takes.</summary>
public class AllocationTests
{
    [Fact]
    public void What_allocates_every_time_is_found()
    {
        byte[] kept = [];
        Assert.ThrowsAny<XunitException>(() => Allocation.None(() => kept = new byte[16]));
        Assert.Equal(16, kept.Length);
    }

    [Fact]
    public void What_allocates_now_and_then_is_not_what_the_code_does()
    {
        int call = 0;
        byte[] kept = [];
        Allocation.None(() => kept = call++ % 3 == 0 ? new byte[16] : kept);
        Assert.Equal(16, kept.Length);
    }
}
