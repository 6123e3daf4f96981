using System.Runtime.ExceptionServices;

namespace NetGen.Data;

/// <summary>
/// Reads batches on a thread of its own while the caller trains on those before. After construction nothing is allocated,
/// neither per batch nor per epoch.
/// </summary>
/// <remarks>The batches are those that reading on the spot would give, in the same order and with the same bits.</remarks>
public sealed class BatchLoader : IDisposable
{
    private readonly Dataset _data;
    private readonly Slot[] _slots;
    private readonly int[] _order;
    private readonly object _gate = new();
    private readonly Thread _thread;

    // Batches by number within the epoch: those below _read were given out, those from there and below _filled are ready.
    private int _total;
    private int _filled;
    private int _read;
    private int _length;
    private bool _handedOut;
    private bool _filling;
    private bool _stopped;
    private ExceptionDispatchInfo? _failure;

    private sealed class Slot(Dataset data, int batchSize)
    {
        internal readonly float[] Inputs = new float[checked(batchSize * data.InputLength)];
        internal readonly float[] Targets = new float[checked(batchSize * data.TargetLength)];
        internal readonly int[] Classes = new int[checked(batchSize * data.ClassLength)];
        internal readonly float[] Weights = new float[data.HasSampleWeights ? batchSize : 0];
        internal readonly int[] Indices = new int[batchSize];
        internal int Count;
    }

    /// <summary>Allocates the buffers and starts the thread.</summary>
    /// <param name="data">What to read from.</param>
    /// <param name="batchSize">The number of samples in a batch; an epoch's last may have fewer.</param>
    /// <param name="buffers">How many batches exist at once, at least 2: one in use, the others ready or being read.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public BatchLoader(Dataset data, int batchSize, int buffers = 3)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(buffers, 2);
        _data = data;
        BatchSize = batchSize;
        _slots = new Slot[buffers];
        for (int i = 0; i < buffers; i++)
            _slots[i] = new Slot(data, batchSize);

        _order = new int[data.Count];
        _thread = new Thread(Work) { IsBackground = true, Name = "NetGen batch loader" };
        _thread.Start();
    }

    /// <summary>The number of samples in a batch; an epoch's last may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Begins an epoch. What is left of the one before is dropped.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="order">The samples to visit, as many as there are at most.</param>
    /// <exception cref="ArgumentException">The order is too long, or an index is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The loader was disposed of.</exception>
    public void Begin(int epoch, ReadOnlySpan<int> order)
    {
        if (order.Length > _order.Length)
            throw new ArgumentException($"The data set has {_order.Length} samples, the order {order.Length}.", nameof(order));
        foreach (int index in order)
        {
            if ((uint)index >= (uint)_data.Count)
                throw new ArgumentOutOfRangeException(nameof(order), index, $"The data set has the samples 0 to {_data.Count - 1}.");
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            // No new batch is begun from here on, and the one that is being read is waited for.
            _total = 0;
            while (_filling)
                Monitor.Wait(_gate);

            _data.BeginEpoch(epoch);
            order.CopyTo(_order);
            _length = order.Length;
            _filled = 0;
            _read = 0;
            _handedOut = false;
            _failure = null;
            _total = (_length + BatchSize - 1) / BatchSize;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the next batch. The one before must not be used any more: its memory is filled anew.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>Whether there was one; false at the end of the epoch.</returns>
    /// <remarks>What the data set throws while it is read comes out here, after the batches before it.</remarks>
    /// <exception cref="ObjectDisposedException">The loader was disposed of.</exception>
    public bool TryNext(out Batch batch)
    {
        lock (_gate)
        {
            if (_handedOut)
            {
                _handedOut = false;
                _read++;
                Monitor.PulseAll(_gate);
            }

            while (!_stopped && _failure is null && _read == _filled && _read < _total)
                Monitor.Wait(_gate);

            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_read == _filled)
            {
                _failure?.Throw();
                batch = default;
                return false;
            }

            var slot = _slots[_read % _slots.Length];
            _handedOut = true;
            batch = new Batch(
                slot.Indices.AsSpan(0, slot.Count),
                slot.Inputs.AsSpan(0, slot.Count * _data.InputLength),
                slot.Targets.AsSpan(0, slot.Count * _data.TargetLength),
                slot.Classes.AsSpan(0, slot.Count * _data.ClassLength),
                slot.Weights.AsSpan(0, Math.Min(slot.Count, slot.Weights.Length)));
            return true;
        }
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private void Work()
    {
        while (true)
        {
            Slot slot;
            lock (_gate)
            {
                while (!_stopped && (_failure is not null || _filled >= _total || _filled - _read >= _slots.Length))
                    Monitor.Wait(_gate);
                if (_stopped)
                    return;

                slot = _slots[_filled % _slots.Length];
                slot.Count = Math.Min(BatchSize, _length - _filled * BatchSize);
                _order.AsSpan(_filled * BatchSize, slot.Count).CopyTo(slot.Indices);
                _filling = true;
            }

            ExceptionDispatchInfo? failure = null;
            try
            {
                _data.ReadCore(
                    slot.Indices.AsSpan(0, slot.Count),
                    slot.Inputs.AsSpan(0, slot.Count * _data.InputLength),
                    slot.Targets.AsSpan(0, slot.Count * _data.TargetLength),
                    slot.Classes.AsSpan(0, slot.Count * _data.ClassLength));
                if (slot.Weights.Length > 0)
                    _data.ReadSampleWeightsCore(slot.Indices.AsSpan(0, slot.Count), slot.Weights.AsSpan(0, slot.Count));
            }
            // Whatever it is, it belongs to the thread that asks for the batch.
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_gate)
            {
                _filling = false;
                if (failure is null)
                    _filled++;
                else
                    _failure = failure;
                Monitor.PulseAll(_gate);
            }
        }
    }
}

/// <summary>A batch in the memory of a <see cref="BatchLoader"/>, valid until the next one is asked for.</summary>
public readonly ref struct Batch
{
    internal Batch(
        ReadOnlySpan<int> indices, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> classes,
        ReadOnlySpan<float> weights)
    {
        Indices = indices;
        Inputs = inputs;
        Targets = targets;
        Classes = classes;
        Weights = weights;
    }

    /// <summary>The number of samples.</summary>
    public int Count => Indices.Length;

    /// <summary>Which samples they are.</summary>
    public ReadOnlySpan<int> Indices { get; }

    /// <summary>The inputs, one after the other.</summary>
    public ReadOnlySpan<float> Inputs { get; }

    /// <summary>The target floats; empty where targets are class ids. Those of several targets lie sample by sample.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>The class ids; empty where targets are floats. Those of several targets lie sample by sample.</summary>
    public ReadOnlySpan<int> Classes { get; }

    /// <summary>The samples' weights; empty where all weigh the same.</summary>
    public ReadOnlySpan<float> Weights { get; }
}
