using System.Diagnostics;
using NetGen.Data;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    /// <summary>Trains on a data set, epoch by epoch.</summary>
    /// <remarks>
    /// The same seed, options and data give the same bits, for any number of threads, and whether the run was interrupted and
    /// resumed from a checkpoint or not. All that can be known to be wrong is refused before the first step, and then nothing has changed.
    /// </remarks>
    /// <param name="train">The samples to learn.</param>
    /// <param name="options">How; by default one epoch in batches of 32.</param>
    /// <returns>The loss, metrics and times of each epoch.</returns>
    /// <exception cref="ArgumentException">The data does not fit the network, or options contradict each other.</exception>
    /// <exception cref="InvalidOperationException">
    /// A metric is not for these targets, a callback watches a number that there will not be, or the trainer is training already.
    /// </exception>
    /// <exception cref="IOException">The checkpoint could not be written.</exception>
    /// <exception cref="NonFiniteLossException">
    /// A loss or gradient is not finite; the message says where, and the parameters are as before that step. Or parameters are
    /// not finite when a checkpoint is due; the last one stays.
    /// </exception>
    /// <exception cref="InvalidDataException">The checkpoint to go on from is damaged or of another run; nothing was taken over from it.</exception>
    public TrainingHistory Fit(Dataset train, FitOptions? options = null)
    {
        options ??= new FitOptions();
        using Turn turn = BeginRun(nameof(Fit));
        options.Validate();
        TargetCoding coding = CheckDataset(train, nameof(train));
        CheckTargetValues(train, coding, nameof(train));
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
        private readonly RunFacts? _facts;
        private readonly float _givenRate;
        private FitProgress _progress;

        internal FitRun(Trainer<TNetwork> trainer, Dataset train, TargetCoding coding, FitOptions options)
        {
            _trainer = trainer;
            _train = train;
            _coding = coding;
            _options = options;
            int batch = Math.Min(options.BatchSize, train.Count);
            int batches = (train.Count - 1) / batch + 1;
            options.CheckSchedule(batches);
            _callbacks = options.Progress is { } progress && !options.Quiet ? [.. options.Callbacks, progress] : [.. options.Callbacks];
            _metrics = options.Metrics ?? DefaultMetrics(options.Validation);
            _context = new FitContext(
                trainer.Model.Parameters, () => trainer.Gradient, trainer.Optimizer, options, _history, _metrics, batches, train.Count);
            _givenRate = trainer.Optimizer.LearningRate;
            _facts = options.Checkpoint is null
                ? null
                : RunFacts.Of(TNetwork.Description, trainer.Optimizer, train, options, _metrics, trainer._options.Seed);
            _reader = new BatchReader(train, batch, options.Prefetch);
        }

        internal TrainingHistory Execute()
        {
            TryMetrics();
            Checkpoint? checkpoint = ReadCheckpoint();
            bool wantedNorm = _trainer._job.WantsNorm;
            _trainer._job.WantsNorm = _options.TrackGradientNorm || _options.StopAtGradientNorm is not null;
            int begun = 0;
            try
            {
                foreach (TrainingCallback callback in _callbacks)
                {
                    begun++;
                    callback.OnFitBegin(_context);
                }

                if (checkpoint is not null)
                    GoOnFrom(checkpoint);
                _context.HasBegun = true;
                while (_progress.Epoch < _options.Epochs && !ShouldStop())
                    RunEpoch();
            }
            finally
            {
                _trainer._job.WantsNorm = wantedNorm;
                foreach (TrainingCallback callback in _callbacks.AsSpan(0, begun))
                    callback.OnFitEnd(_context);
            }

            return _history;
        }

        /// <summary>
        /// Computes the metrics of a few samples, so that one that is not for such targets is refused before an epoch has been trained.
        /// </summary>
        private void TryMetrics()
        {
            const int Few = 16;
            foreach (Dataset data in new[] { _options.Validation ?? _train, _options.TrainingMetrics ? _train : null }.OfType<Dataset>().Distinct())
            {
                if (_metrics.Count == 0)
                    return;
                data.BeginEpoch(0);
                _trainer.Evaluate(data.Slice(0, Math.Min(Few, data.Count)), _metrics);
            }
        }

        private bool ShouldStop()
        {
            if (_options.CancellationToken.IsCancellationRequested)
                _context.Stop(StopReason.Cancelled);
            return _context.IsStopping;
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
                if (ShouldStop() && _progress.Batch < _context.Batches)
                {
                    _progress.StopReason = LastingStop();
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
            double weight = _trainer.WeightOf(batch);
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
            if (before is not null && HardlyChanged(before.Loss, record.Loss))
                _context.Stop(StopReason.LossChange);

            _progress = new FitProgress { Epoch = _progress.Epoch + 1, StopReason = LastingStop() };
            _context.Batch = 0;
            // Whatever the interval, so that a run that is resumed after its end finds the end.
            Save();
        }

        /// <summary>
        /// Whether a loss differs from the one before by less than the share of it that was asked for; no difference is less than any share of 0.
        /// </summary>
        private bool HardlyChanged(double before, double now)
        {
            double change = Math.Abs(now - before);
            return change < _options.StopAtLossChange * Math.Abs(before) || (change == 0 && _options.StopAtLossChange > 0);
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
            CheckpointWriter.Save(
                options.Path, _trainer.Model.Parameters, _trainer.Optimizer, _trainer.StepCount,
                _givenRate, _progress, _history, _options.Callbacks, _facts!);
        }

        private Checkpoint? ReadCheckpoint() => _options.Checkpoint is { Resume: true } options && InputFile.Exists(options.Path)
            ? CheckpointReader.Read(options.Path, TNetwork.Description, _trainer.Optimizer, _options.Callbacks, _facts!, _context.Batches)
            : null;

        /// <summary>Takes everything over. Only callbacks can still refuse what is theirs, so they are asked first.</summary>
        private void GoOnFrom(Checkpoint checkpoint)
        {
            foreach ((TrainingCallback callback, var state) in CheckpointFormat.Remembering(_options.Callbacks).Zip(checkpoint.Callbacks))
            {
                try
                {
                    if (state.Count > 0)
                        callback.LoadState(state);
                }
                catch (Exception exception)
                {
                    throw new InvalidDataException(
                        $"{_options.Checkpoint!.Path}: {callback.Identity} cannot go on from it: {exception.Message} Nothing was taken over from it.",
                        exception);
                }
            }

            Optimizer optimizer = _trainer.Optimizer;
            optimizer.ImportState(checkpoint.Optimizer);
            // A rate that was given anew is meant; one that is as it was given gives way to what became of it.
            if (_givenRate == checkpoint.GivenRate)
                optimizer.LearningRate = checkpoint.LearningRate;
            _trainer.Model.Parameters.Take(checkpoint.Parameters);
            _trainer.StepCount = checkpoint.Steps;
            foreach (EpochRecord epoch in checkpoint.Epochs)
                _history.Add(epoch);
            _progress = checkpoint.Progress;
            _context.Epoch = _progress.Epoch + 1;
            _context.Batch = _progress.Batch;
            if (checkpoint.EndsAsBefore && _progress.StopReason != StopReason.Completed)
                _context.Stop(_progress.StopReason);
            _progress.StopReason = StopReason.Completed;
        }
    }
}
