using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Tests.Networks;

public sealed class AlignedBufferTests
{
    [Theory]
    [InlineData(0, 64)]
    [InlineData(5, 64)]
    [InlineData(1023, 64)]
    [InlineData(1024, 4096)]
    [InlineData(100_001, 4096)]
    public void Blocks_start_on_pages_and_short_ones_on_cache_lines(int length, int alignment)
    {
        for (int i = 0; i < 5; i++)
        {
            var buffer = new AlignedBuffer(length);
            Assert.Equal(0, AddressOf(ref buffer.Start) % alignment);
            Assert.Equal(length, buffer.Span.Length);
            Assert.Equal(length, buffer.Memory.Length);
            Assert.True(length == 0 || Unsafe.AreSame(ref buffer.Start, ref buffer.Span[0]));
            Assert.True(length == 0 || Unsafe.AreSame(ref buffer.Start, ref buffer.Memory.Span[0]));
            Assert.DoesNotContain(buffer.Span.ToArray(), value => value != 0);
        }
    }

    [Fact]
    public void Parameters_start_on_a_page_whatever_is_loaded()
    {
        var block = new ParameterBlock(SampleDescription.Create());
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(0, AddressOf(ref MemoryMarshal.GetReference(block.Span)) % 4096);
            block.CopyFrom(block.Span.ToArray());
        }
    }

    private static unsafe long AddressOf(ref readonly float start) => (long)Unsafe.AsPointer(ref Unsafe.AsRef(in start));
}
