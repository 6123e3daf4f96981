using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Computes what predictions read beside the parameters, from the parameters alone: packed weights, folded norms.</summary>
/// <param name="codeStamp">Stands for the code that the memory was made for; other code throws, and touches nothing.</param>
/// <param name="parameters">The start of the parameter block.</param>
/// <param name="prepared">
/// The start of <see cref="NetworkDescription.PreparedLength"/> floats: zero at first, then as the last call left them.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void ParameterPreparation(ulong codeStamp, ref readonly float parameters, ref float prepared);

/// <content>
/// Where the values are. An array, aligned as an <see cref="AlignedBuffer"/> on a page, holds the parameters and, behind them, what is prepared from
/// them: predictions need one reference, read once, for all of it. Whole changes fill an array of their own and put its reference here; whoever
/// still predicts with the old one keeps it alive. </content>
public sealed partial class ParameterBlock
{
    private readonly ParameterPreparation? _prepare;
    private readonly Lock _publishing = new();
    private float[] _values;

    // The values too, or null from a change in place to the next prediction, which then prepares.
    private float[]? _ready;
    private int _changes;

    /// <summary>
    /// The first float of the values, for one prediction that reads nothing prepared: whoever keeps the reference keeps the memory alive, and
    /// misses what is loaded meanwhile.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref readonly float Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref AlignedBuffer.StartOf(_values);
    }

    /// <summary>
    /// The first float of the values, for one prediction: behind them lies what is prepared from them, and it is up to date. All it costs beside
    /// <see cref="Start"/> is the look whether there is something to prepare.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref readonly float PreparedStart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref AlignedBuffer.StartOf(_ready ?? Prepare());
    }

    /// <summary>
    /// The values for writing in place and whoever needs one array for longer; writers call <see cref="Changed"/> when they have written.
    /// </summary>
    internal float[] Buffer => Volatile.Read(ref _values);

    /// <summary>The values for writing in place, without what is prepared from them.</summary>
    internal Span<float> Writable => AlignedBuffer.SpanOf(Buffer, Length);

    /// <summary>Says that values were written in place: the next prediction prepares anew.</summary>
    internal void Changed()
    {
        // In this order, so that a preparation that runs at the same time either sees the count or is overruled by the null.
        Interlocked.Increment(ref _changes);
        if (_prepare is null)
            return;
        Volatile.Write(ref _ready, null);
    }

    /// <summary>How often values were written through the block or its views; a training step writes a gradient without saying so.</summary>
    internal int Changes => Volatile.Read(ref _changes);

    private float[] Allocate() =>
        AlignedBuffer.Allocate(_prepare is null ? Length : checked(Length + Description.PreparedLength));

    /// <summary>Puts an array in place of the values, prepared already, so that no prediction waits for it.</summary>
    private void Publish(float[] fresh)
    {
        PrepareFrom(fresh);
        lock (_publishing)
        {
            Interlocked.Increment(ref _changes);
            Volatile.Write(ref _values, fresh);
            Volatile.Write(ref _ready, fresh);
        }
    }

    /// <summary>Prepares after a change in place. Predictions that come at the same time wait for the first of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private float[] Prepare()
    {
        lock (_publishing)
        {
            if (Volatile.Read(ref _ready) is { } ready)
                return ready;
            int changes = Volatile.Read(ref _changes);
            float[] values = _values;
            PrepareFrom(values);
            Volatile.Write(ref _ready, values);
            Interlocked.MemoryBarrier();
            if (changes != Volatile.Read(ref _changes))
                Volatile.Write(ref _ready, null);
            return values;
        }
    }

    private void PrepareFrom(float[] values)
    {
        ref float start = ref AlignedBuffer.StartOf(values);
        _prepare?.Invoke(CodeStamp, in start, ref Unsafe.Add(ref start, Length));
    }
}
