using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Waiting without sleeping: the processor's own pause at first, because the answer usually comes within nanoseconds, then
/// giving the core away, because the thread waited for may need it.
/// </summary>
internal struct SpinPause
{
    // About 10 to 40 microseconds of pauses, depending on the processor: longer than two shares of a loop usually differ,
    // shorter than a time slice.
    private const int PausesBeforeYield = 1000;

    private int _pauses;

    /// <summary>Waits a moment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Once()
    {
        if (_pauses < PausesBeforeYield)
        {
            _pauses++;
            Pause();
        }
        else
        {
            Thread.Yield();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Pause()
    {
        if (X86Base.IsSupported)
            X86Base.Pause();
        else if (ArmBase.IsSupported)
            ArmBase.Yield();
        else
            Thread.SpinWait(1);
    }
}
