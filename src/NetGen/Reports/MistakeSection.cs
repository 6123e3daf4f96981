using System.Globalization;
using System.Text;
using NetGen.Data;

namespace NetGen.Reports;

/// <summary>The samples whose prediction is furthest from right: as images where the inputs are images, else as a table.</summary>
internal static class MistakeSection
{
    // Larger images would make the file large.
    private const int LargestSide = 128;

    private readonly record struct Mistake(int Sample, double Cost, string Right, string Predicted);

    internal static void Append(StringBuilder html, string of, Predictions predictions, TrainingReportOptions options)
    {
        bool classes = !predictions.Classes.IsEmpty;
        if (!classes && !predictions.HasValues)
            return;
        List<Mistake> mistakes = [.. (classes ? WrongClasses(predictions, options.NamesFor(predictions)) : Errors(predictions))
            .OrderByDescending(mistake => mistake.Cost).ThenBy(mistake => mistake.Sample).Take(options.Mistakes)];
        if (mistakes.Count == 0)
            return;
        html.Append("<section><h2>The worst mistakes").Append(of)
            .Append(classes ? ": where the right answer seemed least likely</h2>\n" : ": the largest squared errors</h2>\n");
        if (options.Samples is { } samples && TryGetShape(samples, out ImageShape shape))
            AppendImages(html, mistakes, samples, shape);
        else
            AppendTable(html, mistakes, CostName(predictions, classes));
        html.Append("</section>\n");
    }

    private static IEnumerable<Mistake> WrongClasses(Predictions predictions, IReadOnlyList<string>? names)
    {
        for (int i = 0; i < predictions.Count; i++)
        {
            (int right, int predicted) = (predictions.Classes.Span[i], predictions.PredictedClasses.Span[i]);
            if (right == predicted || predicted == OutputReading.NoClass)
                continue;
            yield return new Mistake(i, Cost(i, right), Name(right), Name(predicted) + Certainty(i, predicted));
        }

        // Scores that are no probabilities cost by how far the right class is behind.
        double Cost(int sample, int id) => LogProbability(sample, id) is var log && double.IsNaN(log)
            ? -OutputReading.RankOf(predictions.Output(sample), predictions.Meaning, id)
            : -log;

        string Certainty(int sample, int id) => LogProbability(sample, id) is var log && double.IsNaN(log)
            ? ""
            : FormattableString.Invariant($" ({100 * Math.Exp(log):0}\u00a0%)");

        double LogProbability(int sample, int id) => OutputReading.LogProbability(predictions.Output(sample), predictions.Meaning, id);

        string Name(int id) => names?[id] ?? id.ToString(CultureInfo.InvariantCulture);
    }

    private static IEnumerable<Mistake> Errors(Predictions predictions)
    {
        int length = predictions.OutputLength;
        for (int i = 0; i < predictions.Count; i++)
        {
            ReadOnlySpan<double> values = predictions.RequireValues("The squared error").Slice(i * length, length);
            ReadOnlySpan<float> targets = predictions.Targets.Span.Slice(i * length, length);
            double cost = 0;
            for (int o = 0; o < length; o++)
                cost += (values[o] - targets[o]) * (values[o] - targets[o]);
            yield return new Mistake(i, cost, Text(targets), Text(values));
        }
    }

    private static string CostName(Predictions predictions, bool classes) => !classes ? "squared error"
        : predictions.Meaning is OutputMeaning.Margins or OutputMeaning.ClassScores or OutputMeaning.Signs ? "behind by" : "−ln p";

    private static void AppendTable(StringBuilder html, List<Mistake> mistakes, string cost)
    {
        html.Append("<div class=\"scroll\"><table><tr><th>sample</th><th>right</th><th>predicted</th><th>")
            .Append(cost).Append("</th></tr>\n");
        foreach (Mistake mistake in mistakes)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{mistake.Sample}</td><td>{TrainingReport.Encode(mistake.Right)}</td>"
                + $"<td>{TrainingReport.Encode(mistake.Predicted)}</td><td>{NumberText.Short(mistake.Cost, 4)}</td></tr>\n");
        }

        html.Append("</table></div>\n");
    }

    private static void AppendImages(StringBuilder html, List<Mistake> mistakes, Dataset samples, ImageShape shape)
    {
        html.Append("<div class=\"mistakes\">\n");
        var input = new float[samples.InputLength];
        foreach (Mistake mistake in mistakes)
        {
            samples.ReadCore([mistake.Sample], input, [], []);
            string image = Convert.ToBase64String(PngImage.Encode(shape.Width, shape.Height, shape.Channels, Pixels(input, shape)));
            html.Append(CultureInfo.InvariantCulture,
                $"<figure><img alt=\"sample {mistake.Sample}\" "
                + $"src=\"data:image/png;base64,{image}\"><figcaption>{TrainingReport.Encode(mistake.Right)} <small>taken for</small> "
                + $"{TrainingReport.Encode(mistake.Predicted)}<br><small>sample {mistake.Sample}</small></figcaption></figure>\n");
        }

        html.Append("</div>\n");
    }

    /// <summary>From planes of any range to bytes, the image's darkest and lightest number black and white.</summary>
    private static byte[] Pixels(float[] input, ImageShape shape)
    {
        (float low, float high) = (input.Min(), input.Max());
        float scale = high > low ? 255 / (high - low) : 0;
        var pixels = new byte[input.Length];
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            for (int i = 0; i < shape.PlaneLength; i++)
                pixels[i * shape.Channels + channel] = (byte)Math.Clamp((input[channel * shape.PlaneLength + i] - low) * scale + 0.5f, 0, 255);
        }

        return pixels;
    }

    private static bool TryGetShape(Dataset samples, out ImageShape shape)
    {
        shape = samples.InputShape switch
        {
            [1 or 3, int height, int width] => new ImageShape(samples.InputShape[0], height, width),
            [int height, int width] => new ImageShape(1, height, width),
            _ => default,
        };
        return shape.Channels > 0 && shape.Height <= LargestSide && shape.Width <= LargestSide;
    }

    private static string Text<T>(ReadOnlySpan<T> values) where T : struct, IFormattable
    {
        var text = new StringBuilder();
        foreach (T value in values[..Math.Min(8, values.Length)])
            text.Append(text.Length > 0 ? ", " : "").Append(CultureInfo.InvariantCulture, $"{value:G5}");
        return text.Append(values.Length > 8 ? ", …" : "").ToString();
    }
}
