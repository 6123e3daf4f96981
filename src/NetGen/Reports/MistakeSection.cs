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

    internal static void Append(StringBuilder html, Predictions predictions, TrainingReportOptions options)
    {
        bool classes = !predictions.Classes.IsEmpty;
        List<Mistake> mistakes = [.. (classes ? WrongClasses(predictions, options.ClassNames) : Errors(predictions))
            .OrderByDescending(mistake => mistake.Cost).ThenBy(mistake => mistake.Sample).Take(options.Mistakes)];
        if (mistakes.Count == 0)
            return;
        html.Append(classes
            ? "<section><h2>The worst mistakes: where the right answer seemed least likely</h2>\n"
            : "<section><h2>The worst mistakes: the largest squared errors</h2>\n");
        if (options.Samples is { } samples && TryGetShape(samples, out ImageShape shape))
            AppendImages(html, mistakes, samples, shape);
        else
            AppendTable(html, mistakes, classes);
        html.Append("</section>\n");
    }

    private static IEnumerable<Mistake> WrongClasses(Predictions predictions, IReadOnlyList<string>? names)
    {
        for (int i = 0; i < predictions.Count; i++)
        {
            (int right, int predicted) = (predictions.Classes.Span[i], predictions.PredictedClasses.Span[i]);
            if (right == predicted)
                continue;
            yield return new Mistake(
                i, -LogProbability(predictions.Output(i), right), Name(right),
                FormattableString.Invariant($"{Name(predicted)} ({100 * Math.Exp(LogProbability(predictions.Output(i), predicted)):0}\u00a0%)"));
        }

        string Name(int id) => names?[id] ?? id.ToString(CultureInfo.InvariantCulture);
    }

    private static IEnumerable<Mistake> Errors(Predictions predictions)
    {
        int length = predictions.OutputLength;
        for (int i = 0; i < predictions.Count; i++)
        {
            ReadOnlySpan<float> outputs = predictions.Output(i), targets = predictions.Targets.Span.Slice(i * length, length);
            double cost = 0;
            for (int o = 0; o < length; o++)
                cost += ((double)outputs[o] - targets[o]) * ((double)outputs[o] - targets[o]);
            yield return new Mistake(i, cost, Text(targets), Text(outputs));
        }
    }

    /// <summary>The logarithm of a class's softmax probability, or for a single logit of the logistic one.</summary>
    private static double LogProbability(ReadOnlySpan<float> scores, int id)
    {
        if (scores.Length == 1)
            return -Math.Log(1 + Math.Exp(id == 1 ? -(double)scores[0] : scores[0]));
        double largest = scores[0];
        foreach (float score in scores)
            largest = Math.Max(largest, score);
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp(score - largest);
        return scores[id] - largest - Math.Log(sum);
    }

    private static void AppendTable(StringBuilder html, List<Mistake> mistakes, bool classes)
    {
        html.Append("<div class=\"scroll\"><table><tr><th>sample</th><th>right</th><th>predicted</th><th>")
            .Append(classes ? "−ln p" : "squared error").Append("</th></tr>\n");
        foreach (Mistake mistake in mistakes)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{mistake.Sample}</td><td>{TrainingReport.Encode(mistake.Right)}</td><td>{TrainingReport.Encode(mistake.Predicted)}</td><td>{mistake.Cost:G4}</td></tr>\n");
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
                $"<figure><img alt=\"sample {mistake.Sample}\" src=\"data:image/png;base64,{image}\"><figcaption>{TrainingReport.Encode(mistake.Right)} <small>taken for</small> {TrainingReport.Encode(mistake.Predicted)}<br><small>sample {mistake.Sample}</small></figcaption></figure>\n");
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

    private static string Text(ReadOnlySpan<float> values)
    {
        var text = new StringBuilder();
        foreach (float value in values[..Math.Min(8, values.Length)])
            text.Append(text.Length > 0 ? ", " : "").Append(CultureInfo.InvariantCulture, $"{value:G5}");
        return text.Append(values.Length > 8 ? ", …" : "").ToString();
    }
}
