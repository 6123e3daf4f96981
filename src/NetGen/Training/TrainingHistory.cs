using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>The cancellation token asked for it.</summary>
    Cancelled,

    /// <summary>A callback asked for it, such as early stopping.</summary>
    Callback,

    /// <summary>The gradient's norm fell below <see cref="FitOptions.StopAtGradientNorm"/>.</summary>
    GradientNorm,

    /// <summary>The loss changed by less than <see cref="FitOptions.StopAtLossChange"/>.</summary>
    LossChange,
}

/// <summary>What a call of <c>Fit</c> came to, epoch by epoch.</summary>
public sealed class TrainingHistory
{
    private readonly List<EpochRecord> _epochs = [];

    /// <summary>One record per finished epoch.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; internal set; }

    /// <summary>
    /// The history as a table of comma-separated values (RFC 4180), numbers in the invariant culture: a header and a line
    /// per epoch.
    /// </summary>
    public string ToCsv()
    {
        var text = new StringBuilder("epoch,steps,loss,validation loss");
        foreach ((string name, _) in _epochs.Count > 0 ? _epochs[0].Metrics : [])
            text.Append(',').Append(Quote(name));
        text.Append(",learning rate,gradient norm,seconds,samples per second\n");
        foreach (EpochRecord epoch in _epochs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.Steps},{epoch.Loss:R},{Number(epoch.ValidationLoss)}");
            foreach ((_, double value) in epoch.Metrics)
                text.Append(',').Append(Number(value));
            text.Append(CultureInfo.InvariantCulture,
                $",{epoch.LearningRate:R},{Number(epoch.GradientNorm)},{epoch.Seconds:R},{epoch.SamplesPerSecond:R}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes <see cref="ToCsv"/> to a file, which is all new or all old if the program stops.</summary>
    /// <param name="path">The file.</param>
    public void SaveCsv(string path) => AtomicFile.Write(
        path, Encoding.UTF8.GetBytes(ToCsv()), static (stream, bytes) => stream.Write(bytes));

    /// <summary>The history in a line: <c>12 epochs, Completed; epoch 12: loss 0.0412, …</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{_epochs.Count} epochs, {StopReason}")
        + (_epochs.Count > 0 ? $"; {_epochs[^1]}" : "");

    internal void Add(EpochRecord record) => _epochs.Add(record);

    // What is not known is an empty field, as spreadsheets expect.
    private static string Number(double value) =>
        double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string name) =>
        name.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
