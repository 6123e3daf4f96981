namespace NetGen.Samples.Tests;

public class ImbalanceTests
{
    [Fact]
    public void Accuracy_hides_what_recall_shows_and_every_method_finds_more_of_the_rare_class()
    {
        Sample sample = Sample.Run("Imbalance");
        Assert.Equal(0.5, Method("always no").Auc);
        Assert.Equal(0, Method("always no").Recall);
        Assert.InRange(Method("always no").Accuracy, 0.974, 0.978);

        var plain = Method("plain");
        Assert.InRange(plain.Accuracy, 0.975, 1);
        Assert.InRange(plain.Recall, 0, 0.75);
        foreach (string name in (string[])["plain, moved threshold", "class weights", "over-sampling", "under-sampling", "SMOTE", "focal loss"])
        {
            var method = Method(name);
            Assert.True(method.Recall > plain.Recall, $"{name}: recall {method.Recall}, plain {plain.Recall}\n{sample.Output}");
            Assert.True(method.Precision < plain.Precision, $"{name}: precision {method.Precision}, plain {plain.Precision}");
            Assert.InRange(method.Auc, plain.Auc - 0.03, 1);
        }

        Assert.True(Method("class weights").Recall > plain.Recall + 0.15);
        Assert.StartsWith("focal loss: ", sample.Lines[^1], StringComparison.Ordinal);

        (double Accuracy, double Precision, double Recall, double Auc) Method(string name)
        {
            double[] numbers = sample.Numbers(
                $@"^{name}: accuracy (\d\.\d+), precision (\d\.\d+), recall (\d\.\d+), F1 \d\.\d+, ROC AUC (\d\.\d+)$");
            return (numbers[0], numbers[1], numbers[2], numbers[3]);
        }
    }

    [Fact]
    public void A_file_in_the_format_of_the_mammography_data_set_is_read()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        try
        {
            // Rare where the first two numbers are large, give or take.
            var random = new Random(1);
            File.WriteAllLines(path, Enumerable.Range(0, 4000).Select(i =>
            {
                bool isRare = i % 40 == 0;
                double[] numbers = [.. Enumerable.Range(0, 6).Select(j => 3 * random.NextDouble() + (isRare && j < 2 ? 1.3 : 0))];
                return FormattableString.Invariant($"{numbers[0]:R},{numbers[1]:R},{numbers[2]:R},{numbers[3]:R},{numbers[4]:R},{numbers[5]:R},'{(isRare ? 1 : -1)}'");
            }));
            Sample sample = Sample.Run("Imbalance", ["--data", path]);
            Assert.Equal([40], sample.Numbers("^on, (\\d+) calcifications among them\\. Class weights"));
            double plain = sample.Numbers("^plain: .* recall (\\d\\.\\d+)")[0];
            Assert.InRange(sample.Numbers("^class weights: .* recall (\\d\\.\\d+)")[0], plain + 0.1, 1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Another_file_is_reported_without_a_stack_trace()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        try
        {
            File.WriteAllText(path, "1,2,3\n4,5,6\n");
            Sample sample = Sample.Run("Imbalance", ["--data", path]);
            Assert.Equal(1, sample.ExitCode);
            Assert.Contains("6 numbers and one of two classes are expected in each line, found 2 numbers", sample.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", sample.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
