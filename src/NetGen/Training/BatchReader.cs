using NetGen.Data;

namespace NetGen;

/// <summary>
/// Gives out an epoch's batches in order: read on the spot, or by a <see cref="BatchLoader"/> ahead of time. The bits are the same.
/// </summary>
internal sealed class BatchReader : IDisposable
{
    private readonly Dataset _data;
    private readonly int _batchSize;
    private readonly BatchLoader? _loader;
    private readonly int[] _order;
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly int[] _classes;
    private readonly float[] _weights;
    private int _next;

    /// <param name="data">The samples.</param>
    /// <param name="batchSize">The samples of a batch; the last takes what is left.</param>
    /// <param name="prefetch">How many batches may be read ahead; 0 reads on the spot.</param>
    internal BatchReader(Dataset data, int batchSize, int prefetch)
    {
        _data = data;
        _batchSize = Math.Min(batchSize, data.Count);
        _order = new int[data.Count];
        if (prefetch > 0)
            _loader = new BatchLoader(data, _batchSize, prefetch + 1);
        int room = prefetch > 0 ? 0 : _batchSize;
        _inputs = new float[checked(room * data.InputLength)];
        _targets = new float[checked(room * data.TargetLength)];
        _classes = new int[checked(room * data.ClassLength)];
        _weights = new float[data.HasSampleWeights ? room : 0];
    }

    /// <summary>
    /// Begins an epoch. Its order depends on the seed and the epoch alone, so that a resumed run finds it again.
    /// </summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="seed">The seed of the orders, or null for the order of the data set.</param>
    /// <param name="firstBatch">The batches to leave out.</param>
    internal void Begin(int epoch, int? seed, int firstBatch)
    {
        SampleOrder.Sequence(_order);
        if (seed is { } shuffle)
        {
            var random = new RandomStream(shuffle, (ulong)epoch);
            random.Shuffle(_order.AsSpan());
        }

        _next = firstBatch * _batchSize;
        if (_loader is null)
            _data.BeginEpoch(epoch);
        else
            _loader.Begin(epoch, _order.AsSpan(_next));
    }

    /// <summary>The next batch, valid until the one after it is asked for; there must be one.</summary>
    internal Batch Next()
    {
        int count = Math.Min(_batchSize, _order.Length - _next);
        ReadOnlySpan<int> indices = _order.AsSpan(_next, count);
        _next += count;
        if (_loader is not null)
        {
            _loader.TryNext(out Batch batch);
            return batch;
        }

        Span<float> inputs = _inputs.AsSpan(0, count * _data.InputLength);
        Span<float> targets = _targets.AsSpan(0, count * _data.TargetLength);
        Span<int> classes = _classes.AsSpan(0, count * _data.ClassLength);
        Span<float> weights = _weights.AsSpan(0, Math.Min(count, _weights.Length));
        _data.ReadCore(indices, inputs, targets, classes);
        if (weights.Length > 0)
            _data.ReadSampleWeightsCore(indices, weights);
        return new Batch(indices, inputs, targets, classes, weights);
    }

    public void Dispose() => _loader?.Dispose();
}
