using Microsoft.Extensions.Logging;
using NetGen.Data;

namespace NetGen.Tests.Training.Progress;

public sealed class ProgressTests
{
    private readonly Dataset _data = TestData.Separable(40, seed: 1);
    private readonly Dataset _validation = TestData.Separable(20, seed: 2);

    [Fact]
    public void A_logger_gets_a_line_per_epoch_and_the_numbers_by_name()
    {
        var logger = new Listener();
        TrainingHistory history = Fit(new FitOptions
        {
            Epochs = 2, Validation = _validation, Metrics = [Metric.Accuracy], Progress = new LogProgress(logger, LogLevel.Debug),
        });

        Assert.Equal(2, logger.Messages.Count);
        Assert.All(logger.Messages, message => Assert.Equal(LogLevel.Debug, message.Level));
        Assert.Matches(@"^epoch 2/2 loss \d.*, validation loss \d.*, accuracy \d.*, rate 0\.1.* \(.* samples/s\)$", logger.Messages[1].Text);
        Assert.Equal(history.Epochs[1].Loss, logger.Messages[1].Values["loss"]);
        Assert.Equal(history.Epochs[1].ValidationLoss, logger.Messages[1].Values["validation loss"]);
        Assert.Equal(history.Epochs[1]["accuracy"], logger.Messages[1].Values["accuracy"]);
        Assert.Equal(2, logger.Messages[1].Values["epoch"]);
    }

    [Fact]
    public void A_logger_that_does_not_listen_is_told_nothing()
    {
        var logger = new Listener();
        Fit(new FitOptions { Progress = new LogProgress(logger, LogLevel.Trace) });
        Assert.Empty(logger.Messages);
    }

    [Fact]
    public void A_program_is_told_of_batches_and_epochs()
    {
        var reports = new List<TrainingProgress>();
        TrainingHistory history = Fit(new FitOptions
        {
            Epochs = 2, BatchSize = 10, Progress = new ReportedProgress(new Inline(reports.Add), TimeSpan.Zero),
        });

        Assert.Equal(
            [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3), (2, 4)], reports.Select(report => (report.Epoch, report.Batch)));
        Assert.Equal(Enumerable.Range(1, 8).Select(i => i / 8.0), reports.Select(report => report.Fraction));
        Assert.Equal(history.Epochs, reports.Select(report => report.Record).OfType<EpochRecord>());
        Assert.Equal(history.Epochs[1].Loss, reports[^1].Loss);
    }

    [Fact]
    public void Between_epochs_a_program_is_told_some_times_a_second_only()
    {
        var reports = new List<TrainingProgress>();
        Fit(new FitOptions { Epochs = 2, BatchSize = 1, Progress = new ReportedProgress(new Inline(reports.Add), TimeSpan.FromDays(1)) });
        Assert.InRange(reports.Count, 2, 3);
    }

    [Fact]
    public void Quiet_is_quiet()
    {
        var reports = new List<TrainingProgress>();
        Fit(new FitOptions { Quiet = true, Progress = new ReportedProgress(new Inline(reports.Add)) });
        Assert.Empty(reports);
    }

    private TrainingHistory Fit(FitOptions options)
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        return trainer.Fit(_data, options);
    }

    private sealed class Inline(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }

    private sealed class Listener : ILogger
    {
        internal List<(LogLevel Level, string Text, IReadOnlyDictionary<string, object?> Values)> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add((
                logLevel, formatter(state, exception),
                ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(pair => pair.Key, pair => pair.Value)));
    }
}
