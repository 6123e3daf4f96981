using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace NetGen;

/// <summary>
/// Tells a logger how training goes: a message per epoch, whose text is the line that <see cref="TerminalProgress"/> writes and whose values are
/// there by name for loggers that keep them, and one when training ends.
/// </summary>
/// <param name="logger">The logger.</param>
/// <param name="level">How important the messages are.</param>
public sealed class LogProgress(ILogger logger, LogLevel level = LogLevel.Information) : TrainingCallback
{
    private readonly ILogger _logger = logger ?? throw new ArgumentNullException(nameof(logger));

    /// <inheritdoc/>
    public override string Identity => "";

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(record);
        if (!_logger.IsEnabled(level))
            return;

        (string line, string details) = TerminalProgress.EpochLine(context, record);
        string text = $"{Markup.Remove(line)} ({details})";
        List<KeyValuePair<string, object?>> values =
        [
            new("epoch", record.Epoch), new("epochs", context.Options.Epochs), new("steps", record.Steps), new("loss", record.Loss),
            .. record.Metrics.Select(metric => new KeyValuePair<string, object?>(metric.Key, metric.Value)),
            new("learning rate", record.LearningRate), new("seconds", record.Seconds),
            // Under this name loggers look for what a message is made from.
            new("{OriginalFormat}", text),
        ];
        if (context.Options.Validation is not null)
            values.Insert(4, new("validation loss", record.ValidationLoss));
        _logger.Log(level, default, values, null, (_, _) => text);
    }

    /// <inheritdoc/>
    public override void OnFitEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.IsStopping && _logger.IsEnabled(level))
            _logger.Log(level, "Training ended in epoch {Epoch}: {Reason}.", context.Epoch, context.History.StopReason);
    }
}
