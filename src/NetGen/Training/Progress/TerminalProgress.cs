using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spectre.Console;

namespace NetGen;

/// <summary>
/// Shows training in the terminal: a bar that moves with the batches, and a line per epoch with loss, metrics, rate and time.
/// Where the output is no terminal there are only the lines, without colours and each of them one line, however long.
/// </summary>
public sealed class TerminalProgress : TrainingCallback
{
    private const int BarWidth = 30;

    // Often enough to look alive; drawing must not slow training down.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly IAnsiConsole _console;
    private long _begin;
    private long _lastDrawn;
    private long _batchesBefore;
    private bool _barIsShown;

    /// <summary>Writes to a console.</summary>
    /// <param name="console">The console; the program's own if left out.</param>
    public TerminalProgress(IAnsiConsole? console = null) => _console = console ?? AnsiConsole.Console;

    private bool IsTerminal => _console.Profile.Out.IsTerminal && _console.Profile.Capabilities.Ansi;

    /// <inheritdoc/>
    public override string Identity => "";

    /// <inheritdoc/>
    public override void OnFitBegin(FitContext context)
    {
        _begin = Stopwatch.GetTimestamp();
        _batchesBefore = -1;
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        long done = (context.Epoch - 1) * (long)context.Batches + context.Batch;
        // A run that is resumed begins in the middle; its speed is that of the batches it has run itself.
        if (_batchesBefore < 0)
            _batchesBefore = done - 1;
        if (!IsTerminal || Stopwatch.GetElapsedTime(_lastDrawn) < s_interval)
            return;

        _lastDrawn = Stopwatch.GetTimestamp();
        double seconds = Stopwatch.GetElapsedTime(_begin).TotalSeconds;
        double perBatch = seconds / (done - _batchesBefore);
        double left = perBatch * (context.Options.Epochs * (long)context.Batches - done);
        double rate = context.Options.BatchSize / perBatch;
        string epoch = Epoch(context.Epoch, context);
        string loss = $"loss {NumberText.Measure(context.EpochLoss)}";
        string speed = string.Create(CultureInfo.InvariantCulture, $"{rate:#,0} samples/s, {Time(left)} left");
        // Only a line that does not break can be drawn over: what is left for the bar decides.
        int width = Math.Clamp(_console.Profile.Width - epoch.Length - loss.Length - speed.Length - 4, 0, BarWidth);
        int filled = (int)((long)width * context.Batch / context.Batches);
        ShowOver(new StringBuilder()
            .Append("[bold]").Append(epoch).Append("[/] [green]").Append('━', filled).Append("[/][grey]")
            .Append('━', width - filled).Append("[/] ").Append(loss).Append(" [grey]").Append(speed).Append("[/]").ToString());
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(record);
        RemoveBar();
        (string line, string details) = EpochLine(context, record);
        WriteLine($"{line} [grey]({details})[/]", line);
    }

    /// <inheritdoc/>
    public override void OnFitEnd(FitContext context) => RemoveBar();

    /// <summary>An epoch as one line of markup, and how long it took.</summary>
    internal static (string Line, string Details) EpochLine(FitContext context, EpochRecord record)
    {
        var line = new StringBuilder();
        line.Append("[bold]").Append(Epoch(record.Epoch, context)).Append("[/] loss ").Append(NumberText.Measure(record.Loss));
        if (context.Options.Validation is not null)
            line.Append(", validation loss ").Append(NumberText.Measure(record.ValidationLoss));
        foreach ((string name, double value) in record.Metrics)
            line.Append(", ").Append(Markup.Escape(name)).Append(" [bold]").Append(NumberText.Measure(value)).Append("[/]");
        line.Append(", rate ").Append(NumberText.Short(record.LearningRate));
        return (line.ToString(), string.Create(CultureInfo.InvariantCulture, $"{Time(record.Seconds)}, {record.SamplesPerSecond:#,0} samples/s"));
    }

    private static string Epoch(int epoch, FitContext context)
    {
        string last = context.Options.Epochs.ToString(CultureInfo.InvariantCulture);
        return $"epoch {epoch.ToString(CultureInfo.InvariantCulture).PadLeft(last.Length)}/{last}";
    }

    private static string Time(double seconds) => seconds < 0.0995
        ? (1000 * seconds).ToString("0 ms", CultureInfo.InvariantCulture)
        : seconds < 9.95 ? seconds.ToString("0.0 s", CultureInfo.InvariantCulture)
        : TimeSpan.FromSeconds(Math.Min(Math.Round(seconds), 359_999)) is { TotalHours: >= 1 } hours
            ? FormattableString.Invariant($"{(int)hours.TotalHours}:{hours.Minutes:00}:{hours.Seconds:00}")
            : FormattableString.Invariant($"{(int)seconds / 60}:{(int)Math.Round(seconds) % 60:00}");

    /// <summary>
    /// Writes a line, the shorter one where a terminal has no room for the other. What is no terminal gets neither line breaks
    /// at a width that it does not have nor colours, which some logs would show as characters.
    /// </summary>
    private void WriteLine(string markup, string shorter)
    {
        if (!IsTerminal)
            _console.Profile.Out.Writer.WriteLine(Markup.Remove(markup));
        else
            _console.MarkupLine(Markup.Remove(markup).Length < _console.Profile.Width ? markup : shorter);
    }

    /// <summary>Draws over the line in one write, so that it does not flicker.</summary>
    private void ShowOver(string markup)
    {
        _console.Write(new ControlCode("\r\u001b[2K"));
        _console.Markup(markup);
        _barIsShown = true;
    }

    private void RemoveBar()
    {
        if (!_barIsShown)
            return;
        _console.Write(new ControlCode("\r\u001b[2K"));
        _barIsShown = false;
    }
}
