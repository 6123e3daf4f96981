using System.Runtime.CompilerServices;

namespace NetGen.Tests.Networks;

public sealed unsafe class CacheLineTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    public void A_start_is_the_first_float_on_a_line(int offset)
    {
        float* room = stackalloc float[64];
        float* from = room + offset;
        var start = (float*)Unsafe.AsPointer(ref CacheLine.StartIn(ref *from));
        Assert.Equal(0, (nint)start % 64);
        Assert.InRange(start - from, 0, 15);
    }
}
