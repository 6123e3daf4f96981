using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Machine;

/// <summary>How fast one core reads from memory of a given size, over and over.</summary>
internal static unsafe class ReadBandwidth
{
    private const int Alignment = 4096;

    private static float s_sink;

    /// <summary>Bytes per second.</summary>
    /// <param name="bytes">The memory's size, a multiple of 1024.</param>
    /// <param name="bits">The width of the loads: 512, 256 or 128.</param>
    public static double Measure(nint bytes, int bits)
    {
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        try
        {
            nint floats = bytes / sizeof(float);
            for (nint i = 0; i < floats; i++)
                memory[i] = i % 7;
            Contender contender = bits switch
            {
                512 => new("512", calls => { for (; calls > 0; calls--) s_sink += Run512(memory, floats); }),
                256 => new("256", calls => { for (; calls > 0; calls--) s_sink += Run256(memory, floats); }),
                _ => new("128", calls => { for (; calls > 0; calls--) s_sink += Run128(memory, floats); }),
            };
            int repetitions = bytes > 64 << 20 ? 5 : 30;
            return bytes / Interleaved.Measure([contender], repetitions, 0.001)[0].Best;
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512(float* memory, nint floats)
    {
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (float* end = memory + floats; memory < end; memory += 128)
        {
            a += Vector512.Load(memory);
            b += Vector512.Load(memory + 16);
            c += Vector512.Load(memory + 32);
            d += Vector512.Load(memory + 48);
            e += Vector512.Load(memory + 64);
            f += Vector512.Load(memory + 80);
            g += Vector512.Load(memory + 96);
            h += Vector512.Load(memory + 112);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256(float* memory, nint floats)
    {
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (float* end = memory + floats; memory < end; memory += 64)
        {
            a += Vector256.Load(memory);
            b += Vector256.Load(memory + 8);
            c += Vector256.Load(memory + 16);
            d += Vector256.Load(memory + 24);
            e += Vector256.Load(memory + 32);
            f += Vector256.Load(memory + 40);
            g += Vector256.Load(memory + 48);
            h += Vector256.Load(memory + 56);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run128(float* memory, nint floats)
    {
        Vector128<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (float* end = memory + floats; memory < end; memory += 32)
        {
            a += Vector128.Load(memory);
            b += Vector128.Load(memory + 4);
            c += Vector128.Load(memory + 8);
            d += Vector128.Load(memory + 12);
            e += Vector128.Load(memory + 16);
            f += Vector128.Load(memory + 20);
            g += Vector128.Load(memory + 24);
            h += Vector128.Load(memory + 28);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h);
    }
}
