using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Lines of images that generated code takes a few at a time. Nothing in it depends on a network's shape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ImageLines
{
    /// <summary>Copies lines [first, first + count) of an image, with zeros in place of those that it does not have.</summary>
    /// <param name="y">The first line's first column in the copy.</param>
    /// <param name="yChannel">Floats from one channel of the copy to the next.</param>
    /// <param name="yLine">Floats from one line of the copy to the next.</param>
    /// <param name="x">The image, whose lines and channels lie one behind the other.</param>
    /// <param name="channels">The channels that are copied.</param>
    /// <param name="height">The lines of the image.</param>
    /// <param name="width">The columns of a line.</param>
    /// <param name="first">The first line; negative above the image.</param>
    /// <param name="count">The lines that are copied.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy(
        ref float y, int yChannel, int yLine, ref readonly float x, int channels, int height, int width, int first, int count)
    {
        ref float image = ref Unsafe.AsRef(in x);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int i = 0; i < count; i++)
            {
                Span<float> copy = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, (nint)channel * yChannel + (nint)i * yLine), width);
                int line = first + i;
                if (line < 0 || line >= height)
                    copy.Clear();
                else
                    MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref image, ((nint)channel * height + line) * width), width).CopyTo(copy);
            }
        }
    }
}
