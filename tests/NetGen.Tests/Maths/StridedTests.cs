using System.Runtime.InteropServices;

namespace NetGen.Tests.Maths;

/// <summary>Vectors of floats that are a few apart, at every width and place.</summary>
[Trait("Category", "Numeric")]
public sealed unsafe partial class StridedTests
{
    private const int First = 5;

    [Fact]
    public void Floats_of_16() => Check<F32x16>();

    [Fact]
    public void Floats_of_8() => Check<F32x8>();

    [Fact]
    public void Floats_of_4() => Check<F32x4>();

    [Fact]
    public void Floats_of_the_processors_width() => Check<F32xN>();

    [Fact]
    public void Floats_of_a_pair_of_4() => Check<F32x2x4>();

    private static void Check<T>() where T : struct, IVector<T>
    {
        Check<T>(2, source => Strided.Load<T>(in *(float*)source, First, 2));
        Check<T>(3, source => Strided.Load<T>(in *(float*)source, First, 3));
        Check<T>(4, source => Strided.Load<T>(in *(float*)source, First, 4));
    }

    private static void Check<T>(int stride, Func<nint, T> load) where T : struct, IVector<T>
    {
        int length = First + ((T.Count - 1) * stride) + 1, page = Environment.SystemPageSize;
        // The memory ends with the last of them: where the system can say so, whoever reads the page behind it ends the process.
        void* pages = NativeMemory.AlignedAlloc((nuint)(2 * page), (nuint)page);
        var end = (nint)pages + page;
        try
        {
            if (OperatingSystem.IsLinux())
                Assert.Equal(0, Protect(end, page, access: 0));
            var source = (float*)end - length;
            for (int i = 0; i < length; i++)
                source[i] = i + 1f;
            var lanes = new float[T.Count];
            T.Store(load((nint)source), ref lanes[0], 0);
            Assert.Equal(Enumerable.Range(0, T.Count).Select(lane => First + (lane * stride) + 1f), lanes);
        }
        finally
        {
            if (OperatingSystem.IsLinux())
                Protect(end, page, access: 3);
            NativeMemory.AlignedFree(pages);
        }
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint from, nint length, int access);
}
