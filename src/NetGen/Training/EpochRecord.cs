using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>What one epoch of training came to.</summary>
public sealed record EpochRecord
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The updates made since training began.</summary>
    public required long Steps { get; init; }

    /// <summary>The mean loss over the epoch's samples, each before the update that it took part in.</summary>
    public required double Loss { get; init; }

    /// <summary>
    /// The mean loss over the validation samples after the epoch's last update; NaN where there are no validation samples.
    /// </summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>The metrics in the order asked for: of the validation samples, or of the training samples without them.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Metrics { get; init; } = [];

    /// <summary>The learning rate of the last step.</summary>
    public float LearningRate { get; init; }

    /// <summary>The mean norm of the steps' gradients before clipping by norm; NaN if it was not computed.</summary>
    public double GradientNorm { get; init; } = double.NaN;

    /// <summary>The seconds spent on training, without validation.</summary>
    public double Seconds { get; init; }

    /// <summary>Training samples per second.</summary>
    public double SamplesPerSecond { get; init; }

    /// <summary>The record in a line: <c>epoch 3: loss 0.0412, validation loss 0.0530, accuracy 0.9833, rate 0.001</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"epoch {Epoch}: loss {NumberText.Measure(Loss)}");
        if (!double.IsNaN(ValidationLoss))
            text.Append(", validation loss ").Append(NumberText.Measure(ValidationLoss));
        return text.Append(NumberText.Named(Metrics)).Append(", rate ").Append(NumberText.Short(LearningRate)).ToString();
    }

    /// <summary>A number of the record by its name: <c>loss</c>, <c>validation loss</c> or a metric's.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is no such number; the message lists those there are.</exception>
    public double this[string name]
    {
        get
        {
            if (name == "loss")
                return Loss;
            if (name == "validation loss")
                return ValidationLoss;
            foreach ((string metric, double value) in Metrics)
            {
                if (metric == name)
                    return value;
            }

            throw new ArgumentException(
                $"There is no '{name}'; there are {string.Join(", ", Metrics.Select(m => m.Key).Prepend("validation loss").Prepend("loss"))}.",
                nameof(name));
        }
    }
}
