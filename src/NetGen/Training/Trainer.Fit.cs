using System.Diagnostics;
using NetGen.Data;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    /// <summary>Trains on a data set, epoch by epoch.</summary>
    /// <remarks>
    /// The same seed, options and data give the same bits, for any number of threads, and whether the run was interrupted and
    /// resumed from a checkpoint or not.
    /// </remarks>
    /// <param name="train">The samples to learn.</param>
    /// <param name="options">How; by default one epoch in batches of 32.</param>
    /// <returns>The loss, metrics and times of each epoch.</returns>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    /// <exception cref="NonFiniteLossException">
    /// A loss or gradient is not finite; the message says where, and the parameters are as before that step. Or parameters are
    /// not finite when a checkpoint is due; the last one stays.
    /// </exception>
    /// <exception cref="InvalidDataException">The checkpoint to go on from does not fit.</exception>
    public TrainingHistory Fit(Dataset train, FitOptions? options = null)
    {
        options ??= new FitOptions();
        options.Validate();
        TargetCoding coding = CheckDataset(train, nameof(train));
        if (options.Validation is not null)
            CheckValidation(options.Validation, train);

        CheckMetrics(options.Metrics ?? [], nameof(options));
        using var run = new FitRun(this, train, coding, options);
        return run.Execute();
    }

    /// <summary>One call of <see cref="Fit"/>.</summary>
    private sealed class FitRun : IDisposable
    {
        private readonly Trainer<TNetwork> _trainer;
        private readonly Dataset _train;
        private readonly TargetCoding _coding;
        private readonly FitOptions _options;
        private readonly TrainingHistory _history = new();
        private readonly FitContext _context;
        private readonly TrainingCallback[] _callbacks;
        private readonly IReadOnlyList<Metric> _metrics;
        private readonly BatchReader _reader;
        private FitProgress _progress;

        internal FitRun(Trainer<TNetwork> trainer, Dataset train, TargetCoding coding, FitOptions options)
        {
            _trainer = trainer;
            _train = train;
            _coding = coding;
            _options = options;
            int batch = Math.Min(options.BatchSize, train.Count);
            _context = new FitContext(
                trainer.Model.Parameters, trainer.Gradient, trainer.Optimizer, options, _history, (train.Count - 1) / batch + 1, train.Count);
            _callbacks = options.Progress is null ? [.. options.Callbacks] : [.. options.Callbacks, options.Progress];
            _metrics = options.Metrics ?? DefaultMetrics(options.Validation);
            _reader = new BatchReader(train, batch, options.Prefetch);
        }

        internal TrainingHistory Execute()
        {
            foreach (TrainingCallback callback in _callbacks)
                callback.OnFitBegin(_context);
            bool wantedNorm = _trainer._job.WantsNorm;
            _trainer._job.WantsNorm = _options.TrackGradientNorm || _options.StopAtGradientNorm is not null;
            try
            {
                Resume();
                while (_progress.Epoch < _options.Epochs && !_context.IsStopping)
                    RunEpoch();
            }
            finally
            {
                _trainer._job.WantsNorm = wantedNorm;
                foreach (TrainingCallback callback in _callbacks)
                    callback.OnFitEnd(_context);
            }

            return _history;
        }

        public void Dispose() => _reader.Dispose();

        private void RunEpoch()
        {
            long start = Stopwatch.GetTimestamp();
            int firstBatch = _progress.Batch;
            _context.Epoch = _progress.Epoch + 1;
            _reader.Begin(_progress.Epoch, _options.Shuffle ? _options.Seed : null, firstBatch);
            while (_progress.Batch < _context.Batches)
            {
                SetRate();
                RunBatch();
                if (_options.CancellationToken.IsCancellationRequested)
                    _context.Stop(StopReason.Cancelled);
                if (_context.IsStopping && _progress.Batch < _context.Batches)
                {
                    Save();
                    return;
                }

                if (_options.Checkpoint is { EveryBatches: > 0 } checkpoint && _progress.Batch < _context.Batches
                    && (_progress.Epoch * (long)_context.Batches + _progress.Batch) % checkpoint.EveryBatches == 0)
                {
                    Save();
                }
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            EndEpoch(seconds, Math.Min(_train.Count, (_context.Batches - firstBatch) * (long)_options.BatchSize) / seconds);
        }

        private void RunBatch()
        {
            Batch batch = _reader.Next();
            float loss;
            try
            {
                loss = _trainer.Step(batch, _coding);
            }
            catch (NonFiniteLossException exception)
            {
                throw new NonFiniteLossException(exception, _progress.Epoch + 1, _progress.Batch + 1);
            }

            _progress.Batch++;
            double weight = WeightOf(batch, _coding);
            _progress.Weight += weight;
            _progress.LossSum += loss * weight;
            _progress.NormSum += _trainer.GradientNorm;
            _context.Batch = _progress.Batch;
            _context.BatchLoss = loss;
            _context.EpochLoss = MeanLoss();
            foreach (TrainingCallback callback in _callbacks)
                callback.OnBatchEnd(_context);
        }

        private void EndEpoch(double seconds, double samplesPerSecond)
        {
            Dataset? evaluated = _options.Validation ?? (_metrics.Count > 0 ? _train : null);
            EvaluationResult? evaluation = evaluated is null ? null : _trainer.Evaluate(evaluated, _metrics);
            IEnumerable<KeyValuePair<string, double>> metrics = evaluation?.Metrics ?? [];
            if (_options.TrainingMetrics && _options.Validation is not null)
            {
                metrics = metrics.Concat(_trainer.Evaluate(_train, _metrics).Metrics
                    .Select(metric => KeyValuePair.Create("training " + metric.Key, metric.Value)));
            }

            var record = new EpochRecord
            {
                Epoch = _progress.Epoch + 1,
                Steps = _trainer.StepCount,
                Loss = MeanLoss(),
                ValidationLoss = _options.Validation is null ? double.NaN : evaluation!.Loss,
                Metrics = [.. metrics],
                LearningRate = _trainer.Optimizer.LearningRate,
                GradientNorm = _progress.NormSum / _context.Batches,
                Seconds = seconds,
                SamplesPerSecond = samplesPerSecond,
            };
            EpochRecord? before = _history.Epochs.Count > 0 ? _history.Epochs[^1] : null;
            _history.Add(record);
            foreach (TrainingCallback callback in _callbacks)
                callback.OnEpochEnd(_context, record);
            if (record.GradientNorm < _options.StopAtGradientNorm)
                _context.Stop(StopReason.GradientNorm);
            if (before is not null && Math.Abs(record.Loss - before.Loss) < _options.StopAtLossChange * Math.Abs(before.Loss))
                _context.Stop(StopReason.LossChange);

            _progress = new FitProgress { Epoch = _progress.Epoch + 1, StopReason = LastingStop() };
            _context.Batch = 0;
            // Whatever the interval, so that a run that is resumed after its end finds the end.
            Save();
        }

        /// <summary>The mean over the epoch's samples so far; 0, as of a batch, if all their weights are.</summary>
        private double MeanLoss() => _progress.Weight == 0 ? 0 : _progress.LossSum / _progress.Weight;

        private void SetRate()
        {
            if (_options.Schedule is not { } schedule)
                return;
            long step = _options.SchedulePerBatch
                ? _progress.Epoch * (long)_context.Batches + _progress.Batch
                : _progress.Epoch;
            _trainer.Optimizer.LearningRate = schedule.RateAt(step);
        }

        /// <summary>A run that was cancelled goes on when it is resumed; one that came to its end does not.</summary>
        private StopReason LastingStop() =>
            _history.StopReason == StopReason.Cancelled ? StopReason.Completed : _history.StopReason;

        private void Save()
        {
            if (_options.Checkpoint is not { } options)
                return;
            _trainer.RequireFiniteParameters();
            Checkpoint.Save(options.Path, _trainer.Model.Parameters, _trainer.Optimizer, _trainer.StepCount, Run(), _progress);
        }

        private void Resume()
        {
            if (_options.Checkpoint is not { Resume: true } options || !File.Exists(options.Path))
                return;
            (_trainer.StepCount, _progress) =
                Checkpoint.Load(options.Path, _trainer.Model.Parameters, _trainer.Optimizer, Run());
            _context.Epoch = _progress.Epoch + 1;
            _context.Batch = _progress.Batch;
            if (_progress.StopReason != StopReason.Completed)
                _context.Stop(_progress.StopReason);
        }

        private CheckpointRun Run() => new(
            _history, _options.Callbacks, _trainer._options.Seed, _options.Seed, _train.Count, _options.BatchSize, _options.Shuffle);
    }
}
