using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetGen.Data;
using NetGen.Tests.Data;

namespace NetGen.Tests.Training.Report;

public sealed class TrainingReportTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_report_holds_everything_it_was_given_and_asks_no_network()
    {
        string path = Path.Combine(_directory.Root, "report.html");
        Dataset data = TestData.Separable(83, seed: 1), validation = TestData.Separable(40, seed: 2);
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Adam(0.01f));
        var norms = new GradientNorms();
        LearningRateCurve curve = trainer.FindLearningRate(data, new RangeTestOptions { Minimum = 1e-4f, Maximum = 1e3f });
        TrainingHistory history = trainer.Fit(data, new FitOptions
        {
            Epochs = 5, Validation = validation, Metrics = [Metric.Accuracy], TrainingMetrics = true, TrackGradientNorm = true,
            Schedule = new ExponentialSchedule(0.01f, 0.3f), Callbacks = [norms], Progress = null,
        });
        Predictions predictions = trainer.Evaluate(validation).Predictions;
        TrainingReport.Save(path, history, new TrainingReportOptions
        {
            Title = "Rows & <columns>", Network = SoftmaxNet.Description, Predictions = predictions, Samples = validation,
            ClassNames = ["left", "<middle>", "right"], GradientNorms = norms, LearningRates = curve, Mistakes = 3,
        });

        string html = File.ReadAllText(path);
        Assert.Contains("<h1>Rows &amp; &lt;columns&gt;</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<middle>", html, StringComparison.Ordinal);
        foreach (string title in (string[])["Loss", "Accuracy", "Learning rate", "Gradient norm of each tensor", "Norm of the whole gradient", "Learning-rate range test"])
            Assert.Contains($"<h2>{title}</h2>", html, StringComparison.Ordinal);
        Assert.Equal(Math.Min(3, Wrong(predictions)), Regex.Count(html, "<figure>"));
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script|<link|url\\(|@import", html);
        Assert.All(Regex.Matches(html, "src=\"(.{20})").Select(match => match.Groups[1].Value), source => Assert.StartsWith("data:image/png", source, StringComparison.Ordinal));

        List<XElement> charts = [.. Regex.Matches(html, "<svg.*?</svg>", RegexOptions.Singleline).Select(match => XElement.Parse(match.Value))];
        Assert.Equal(6, charts.Count);
        Assert.Equal(2, charts[0].Elements("path").Count());
        // Every number of a chart lies within it.
        foreach (XElement circle in charts.SelectMany(chart => chart.Elements("circle")))
        {
            Assert.InRange((double)circle.Attribute("cx")!, 58, 560 - 14);
            Assert.InRange((double)circle.Attribute("cy")!, 12, 250 - 40);
        }
    }

    [Fact]
    public void What_was_not_measured_is_left_out()
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.01f));
        string html = TrainingReport.ToHtml(trainer.Fit(TestData.Separable(20, 1), new FitOptions { Progress = null }));
        Assert.Equal(["Loss", "Learning rate"], Regex.Matches(html, "<h2>(.*?)</h2>").Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mistakes_of_a_regression_are_a_table_from_the_worst_on()
    {
        var data = new MemoryDataset(TestData.Floats(60), [6], TestData.Floats(30, seed: 3), 3);
        using var trainer = new Trainer<RegressionNet>(new RegressionNet(), new Sgd(0.01f));
        TrainingHistory history = trainer.Fit(data, new FitOptions { Progress = null });
        string html = TrainingReport.ToHtml(history, new TrainingReportOptions
        {
            Predictions = trainer.Evaluate(data).Predictions, Samples = data, Mistakes = 5,
        });
        string table = Regex.Match(html, "squared error</th>.*?</table>", RegexOptions.Singleline).Value;
        double[] errors = [.. Regex.Matches(table, @"<td>([\d.eE-]+)</td></tr>").Select(match => double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(5, errors.Length);
        Assert.Equal(errors.OrderDescending(), errors);
    }

    [Fact]
    public void Contradictions_are_refused_and_nothing_is_written()
    {
        string path = Path.Combine(_directory.Root, "report.html");
        Assert.Contains("no epochs", Assert.Throws<ArgumentException>(() => TrainingReport.Save(path, new TrainingHistory())).Message, StringComparison.Ordinal);
        var history = new TrainingHistory();
        history.Add(new EpochRecord { Epoch = 1, Steps = 1, Loss = 1 });
        var predictions = new Predictions([1, 2, 3, 4], 2, [0, 1]);
        Assert.Contains("2 predictions and 20 samples", Assert.Throws<ArgumentException>(() => TrainingReport.Save(
            path, history, new TrainingReportOptions { Predictions = predictions, Samples = TestData.Separable(20, 1) })).Message, StringComparison.Ordinal);
        Assert.Contains("3 names for 2 classes", Assert.Throws<ArgumentException>(() => TrainingReport.Save(
            path, history, new TrainingReportOptions { Predictions = predictions, ClassNames = ["a", "b", "c"] })).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Images_are_PNG_files_with_their_pixels_and_checksums(int channels)
    {
        byte[] pixels = [.. Enumerable.Range(0, 5 * 4 * channels).Select(i => (byte)(i * 7))];
        byte[] file = PngImage.Encode(5, 4, channels, pixels);
        Assert.Equal("89504E470D0A1A0A0000000D49484452", Convert.ToHexString(file[..16]));
        // The checksum of the last chunk, which is empty, is the same in every PNG file.
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(file[^12..]));

        int length = (file[33] << 24) | (file[34] << 16) | (file[35] << 8) | file[36];
        var rows = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress))
            zlib.CopyTo(rows);
        byte[] expected = [.. pixels.Chunk(5 * channels).SelectMany(row => row.Prepend((byte)0))];
        Assert.Equal(expected, rows.ToArray());
    }

    [Theory]
    [InlineData(0, 10, false)]
    [InlineData(1, 50, false)]
    [InlineData(0.0123, 0.0124, false)]
    [InlineData(-5, 1e6, false)]
    [InlineData(3, 3, false)]
    [InlineData(1e-7, 10, true)]
    [InlineData(0.2, 0.9, true)]
    [InlineData(0.31, 0.32, true)]
    [InlineData(1e-30, 1e30, true)]
    public void An_axis_has_a_few_ticks_within_it(double low, double high, bool log)
    {
        var axis = new ChartAxis([low, high], log, 100, 200);
        Assert.InRange(axis.Ticks.Count, 2, 10);
        Assert.All(axis.Ticks, tick => Assert.InRange(axis.At(tick), 99.99, 200.01));
        Assert.Equal(axis.Ticks.Count, axis.Ticks.Select(tick => NumberText.Short(tick, 6)).Distinct().Count());
    }

    private static int Wrong(Predictions predictions) =>
        Enumerable.Range(0, predictions.Count).Count(i => predictions.Classes.Span[i] != predictions.PredictedClasses.Span[i]);
}
