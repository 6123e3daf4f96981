namespace NetGen.Samples.Tests;

public class ShakespeareTests
{
    [Fact]
    public void A_transformer_learns_a_text_and_goes_on_with_it()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("to be, or not to be: that is the question.\n", 100)));
        Sample sample = Sample.Run("Shakespeare", ["--data", path, "--steps", "20", "--batch", "4"]);
        File.Delete(path);
        double first = sample.Numbers(@"^step     1  (\d\.\d{3}) nats a character")[0];
        double last = sample.Numbers(@"^step    20  (\d\.\d{3}) nats a character")[0];
        double kept = sample.Numbers(@"^Of characters not learned from: (\d\.\d{3}) nats\.$")[0];
        Assert.InRange(first, 3, 6);
        Assert.InRange(last, 0, first / 2);
        Assert.InRange(kept, 0, first / 2);
    }

    [Fact]
    public void A_text_that_is_too_short_is_told_so()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "to be");
        Sample sample = Sample.Run("Shakespeare", ["--data", path]);
        File.Delete(path);
        Assert.Equal(1, sample.ExitCode);
        Assert.Contains("A text of 5 characters, 5 different ones: the model knows 65, and needs 2,560 to learn from.", sample.Error);
    }
}
