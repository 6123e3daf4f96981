namespace NetGen.CompilerServices;

/// <summary>A batch prediction as a job of the shared team. There is one per network type, so none is allocated per call.</summary>
internal sealed unsafe class BatchPrediction<TNetwork> : ITeamJob where TNetwork : class, INetwork<TNetwork>
{
    // A few claims per worker even out workers that are slower, or late because they were asleep.
    private const int ClaimsPerWorker = 4;

    private static readonly BatchPrediction<TNetwork> s_job = new();

    private float* _parameters;
    private float* _inputs;
    private float* _outputs;
    private int _count;
    private int _claimBlocks;
    private PaddedInt _nextBlock;
    private int _taken;

    /// <summary>Predicts with the shared team unless it is busy.</summary>
    /// <returns>False if nothing was done.</returns>
    internal static bool TryRun(
        ref readonly float parameters, ReadOnlySpan<float> inputs, Span<float> outputs, int count, int workers)
    {
        BatchPrediction<TNetwork> job = s_job;
        if (Interlocked.CompareExchange(ref job._taken, 1, 0) != 0)
            return false;

        try
        {
            fixed (float* parameter = &parameters, input = inputs, output = outputs)
            {
                job._parameters = parameter;
                job._inputs = input;
                job._outputs = output;
                job._count = count;
                job._claimBlocks = Math.Max(1, job.Blocks / (workers * ClaimsPerWorker));
                job._nextBlock.Value = 0;
                return SharedTeam.OfAtLeast(workers).TryRun(job, workers);
            }
        }
        finally
        {
            Volatile.Write(ref job._taken, 0);
        }
    }

    private int Blocks => (_count - 1) / TNetwork.InferenceBlock + 1;

    void ITeamJob.Run(Worker worker)
    {
        ref float scratch = ref InferenceScratch<TNetwork>.Start;
        int blocks = Blocks;
        while (true)
        {
            int end = Interlocked.Add(ref _nextBlock.Value, _claimBlocks);
            int block = end - _claimBlocks;
            if (block >= blocks)
                return;

            for (; block < Math.Min(end, blocks); block++)
            {
                int from = block * TNetwork.InferenceBlock;
                TNetwork.InferBlock(
                    in *_parameters,
                    in *(_inputs + (nint)from * TNetwork.InputLength),
                    ref *(_outputs + (nint)from * TNetwork.OutputLength),
                    ref scratch,
                    Math.Min(TNetwork.InferenceBlock, _count - from));
            }
        }
    }
}
