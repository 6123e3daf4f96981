using System.Numerics;

namespace NetGen;

/// <summary>
/// One piece of a training step as all workers run it: the generated forward and backward pass, the sum of gradients over
/// pieces, clipping, and the optimizer's update, each worker on its share. Every number that several workers need is either
/// computed by each of them in the same order or by one of them before a barrier.
/// </summary>
internal sealed partial class TrainingJob<TNetwork> : ITeamJob, IPartUpdate where TNetwork : class, ITrainableNetwork<TNetwork>
{
    // Shares of the blocks begin on cache lines.
    private const int CacheLine = 16;

    private readonly Optimizer _optimizer;
    private readonly TrainerOptions _options;
    private readonly double[] _squares;
    private readonly StateSlots _states = new(TNetwork.Description);
    private readonly Penalties _penalties = new(TNetwork.Description);
    private AlignedBuffer? _sum;
    private GradientRows[] _tables = [];
    private int _tableCount;

    internal TrainingJob(Optimizer optimizer, TrainerOptions options)
    {
        _optimizer = optimizer;
        _options = options;
        _squares = new double[(TNetwork.Description.ParameterBlockLength + Gradients.NormBlock - 1) / Gradients.NormBlock];
    }

    /// <summary>The batch; set before the job runs.</summary>
    internal TrainingFrame Frame { get; set; } = null!;

    /// <summary>What becomes of the gradient.</summary>
    internal GradientUse Use { get; private set; }

    /// <summary>The sum of the gradients of batches that are to be applied together.</summary>
    internal float[] Accumulated { get; set; } = [];

    /// <summary>Whether there are some already.</summary>
    internal bool HasAccumulated { get; set; }

    /// <summary>What the accumulated gradient is multiplied with before it is applied.</summary>
    internal float Scale { get; set; } = 1;

    /// <summary>Whether the norm of the gradient is to be computed even if nothing clips by it.</summary>
    internal bool WantsNorm { get; set; }

    /// <summary>Whether this is the first piece of its batch.</summary>
    internal bool IsFirst { get; set; }

    /// <summary>Whether this is the last piece of its batch.</summary>
    internal bool IsLast { get; set; }

    /// <summary>The loss of the pieces run so far, each its part of the batch's.</summary>
    internal double Loss { get; set; }

    /// <summary>The gradient's norm, before it was clipped by norm; NaN if it was not computed.</summary>
    internal double Norm { get; private set; } = double.NaN;

    /// <summary>Whether the update was held back because the loss or the gradient was not finite.</summary>
    internal bool Refused { get; private set; }

    /// <summary>
    /// Whether the gradient of the batch is that of the one piece that is run, so that gradients of tables have no rows but those which its tokens
    /// number.
    /// </summary>
    internal bool IsOfOnePiece { get; private set; }

    /// <summary>What the parameters cost beside what the outputs do.</summary>
    internal Penalties Penalties => _penalties;

    /// <summary>Begins a batch, or the application of a gradient that is there.</summary>
    /// <param name="use">What becomes of the gradient.</param>
    /// <param name="isOfOnePiece">Whether one piece is run to compute it.</param>
    internal void Begin(GradientUse use, bool isOfOnePiece)
    {
        Use = use;
        IsOfOnePiece = isOfOnePiece && use is GradientUse.Inspect or GradientUse.Update;
        _hasBegun = false;
    }

    /// <summary>Makes room for adding gradients up.</summary>
    internal void PreparePieces() => _sum ??= new AlignedBuffer(TNetwork.Description.ParameterBlockLength);

    /// <summary>Takes back what a batch that is given up made of the states so far.</summary>
    internal void GiveUp()
    {
        if (TakesStates && !_states.IsEmpty)
            _states.Restore(Frame.ParameterSpan, 0, Frame.ParameterSpan.Length);
    }

    private bool Updates => Use is GradientUse.Update or GradientUse.Apply;

    private bool TakesStates => Use is GradientUse.Update or GradientUse.Accumulate;

    public void Run(Worker worker)
    {
        (int from, int to) = worker.Share(Frame.GradientSpan.Length, CacheLine);
        if (Use == GradientUse.Apply)
        {
            if (worker.Index == 0)
                TakeTables();
            if (Scale != 1)
                Gradients.Scale(Frame.GradientSpan[from..to], Scale);
            Finish(worker, from, to, Loss, usable: true);
            return;
        }

        double lossBefore = IsFirst ? 0 : Loss;
        TNetwork.Backpropagate(Frame, worker);
        if (Frame.EndsAtOutputs)
            return;
        bool hasPenalties = IsLast && !_penalties.IsEmpty;
        if (hasPenalties)
        {
            (int first, int end) = worker.Share(_penalties.Count);
            _penalties.Measure(Frame.ParameterSpan, first, end);
        }

        worker.Barrier();
        if (worker.Index == 0)
            TakeTables();

        double loss = lossBefore + Frame.SumOfLosses() + (hasPenalties ? _penalties.Total() : 0);
        bool usable = double.IsFinite(loss);
        TakeStates(from, to, usable);
        if (!(IsFirst && IsLast))
            AddUp(from, to);
        if (hasPenalties)
            _penalties.AddGradient(Frame.ParameterSpan, Frame.GradientSpan, from, to);
        if (IsLast && usable && Use == GradientUse.Accumulate)
        {
            // Only now: a batch whose loss turned out to be none leaves what was accumulated before.
            Span<float> gradient = Frame.GradientSpan[from..to], accumulated = Accumulated.AsSpan(from, to - from);
            if (HasAccumulated)
                Add(accumulated, gradient, gradient);
            gradient.CopyTo(accumulated);
        }

        Finish(worker, from, to, loss, usable);
    }

    /// <summary>Gives up what is known of the rows of tables into whose gradients more was written than their tokens numbered.</summary>
    internal void ForgetOtherRows()
    {
        foreach (GradientRows table in Frame.Tables)
        {
            if (!HasItsRowsAlone(table))
                table.Forget();
        }
    }

    // Embeddings have no penalties, which would write into every row.
    private bool HasItsRowsAlone(GradientRows table) => IsOfOnePiece && table.IsKnown;

    /// <summary>Finds the tables whose gradients are zero but for some rows, in the order of their places. Read behind the next barrier.</summary>
    private void TakeTables()
    {
        ReadOnlySpan<GradientRows> all = Frame.Tables;
        if (_tables.Length < all.Length)
            _tables = new GradientRows[all.Length];
        _tableCount = 0;
        foreach (GradientRows table in all)
        {
            if (!HasItsRowsAlone(table))
                continue;
            int place = _tableCount++;
            for (; place > 0 && _tables[place - 1].Offset > table.Offset; place--)
                _tables[place] = _tables[place - 1];
            _tables[place] = table;
        }
    }

    /// <summary>Whether a stretch of the gradient is known to be zero.</summary>
    private bool IsZero(int from, int to)
    {
        foreach (GradientRows table in _tables.AsSpan(0, _tableCount))
        {
            if (table.Offset <= from && to <= table.End)
                return !table.AnyIn(from, to);
        }

        return false;
    }

    /// <summary>
    /// Gives the states within a stretch their next values, where they are meant to change and the loss so far is one, and leaves zeros in
    /// the gradient. The next piece goes on from there; all are taken back if the step comes to nothing.
    /// </summary>
    private void TakeStates(int from, int to, bool isUsable)
    {
        if (_states.IsEmpty)
            return;
        if (IsFirst && TakesStates)
            _states.Remember(Frame.ParameterSpan, from, to);
        _states.Take(Frame.GradientSpan, Frame.ParameterSpan, from, to, isUsable && TakesStates);
    }

    /// <summary>Adds this piece's gradient to those before it; the last piece leaves the whole in the gradient block.</summary>
    private void AddUp(int from, int to)
    {
        Span<float> gradient = Frame.GradientSpan[from..to];
        Span<float> sum = _sum!.Span[from..to];
        if (IsFirst)
            gradient.CopyTo(sum);
        else
            Add(sum, gradient, IsLast ? gradient : sum);
    }

    /// <summary>
    /// Clips by value if that is wanted and computes the norm: in blocks of fixed places, added up in order by every worker.
    /// </summary>
    private double ComputeNorm(Worker worker)
    {
        Span<float> gradient = Frame.GradientSpan;
        worker.Barrier(); // Shares of blocks differ from the shares in which pieces were added up.
        (int first, int end) = worker.Share(_squares.Length);
        for (int i = first; i < end; i++)
        {
            int start = i * Gradients.NormBlock, stop = Math.Min(start + Gradients.NormBlock, gradient.Length);
            if (IsZero(start, stop))
            {
                _squares[i] = 0;
                continue;
            }

            Span<float> block = gradient[start..stop];
            if (Updates && _options.ClipValue is { } limit)
                Gradients.ClipByValue(block, limit);
            _squares[i] = Gradients.SumOfSquares(block);
        }

        worker.Barrier();
        double sum = 0;
        foreach (double square in _squares)
            sum += square;
        return Math.Sqrt(sum);
    }

    private static void Add(ReadOnlySpan<float> sum, ReadOnlySpan<float> addend, Span<float> result)
    {
        int whole = result.Length - result.Length % Vector<float>.Count;
        for (int i = 0; i < whole; i += Vector<float>.Count)
        {
            Vector<float> total = new Vector<float>(sum[i..]) + new Vector<float>(addend[i..]);
            total.CopyTo(result[i..]);
        }

        for (int i = whole; i < result.Length; i++)
            result[i] = sum[i] + addend[i];
    }
}
