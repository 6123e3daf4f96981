using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>An integer alone on its cache lines, so that threads that poll it do not slow down its neighbours.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedInt
{
    // Two lines on each side: x64 processors prefetch lines in pairs.
    [FieldOffset(128)]
    public int Value;
}
