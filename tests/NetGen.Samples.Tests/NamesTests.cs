namespace NetGen.Samples.Tests;

public class NamesTests
{
    [Fact]
    public void A_network_learns_to_make_up_names()
    {
        Sample sample = Sample.Run("Names", ["--epochs", "6"]);
        double guess = sample.Numbers(@"is worth (\d\.\d\d) nats\.$")[0];
        double[] last = sample.Numbers(@"^epoch   6  (\d\.\d\d) nats a letter, (\d\.\d\d) of names not seen  [a-z]*(?:, [a-z]*){4}$");
        Assert.Equal(3.30, guess);
        Assert.All(last, loss => Assert.InRange(loss, 1.8, 2.5));
        double[] made = sample.Numbers(@"^Of 1,000 names it makes up, (\d+) are of the list, and (\d+) are new:$");
        Assert.InRange(made[1], 300, 1000);
        Assert.Equal(sample.Lines, Sample.Run("Names", ["--epochs", "6"]).Lines);
    }

    [Fact]
    public void A_file_without_names_is_told_so()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "Emma\n12\nolivia\n");
        Sample sample = Sample.Run("Names", ["--data", path]);
        File.Delete(path);
        Assert.Equal(1, sample.ExitCode);
        Assert.Contains("has 1 names of at most 15 letters from a to z, one a line; 20 are the least.", sample.Error);
    }
}
