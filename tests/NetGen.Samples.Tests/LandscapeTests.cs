namespace NetGen.Samples.Tests;

public class LandscapeTests
{
    [Fact]
    public void Balls_roll_down_a_real_loss_into_valleys_and_the_page_has_all_of_it_within_itself()
    {
        string file = Path.GetTempFileName();
        try
        {
            Sample sample = Sample.Run("Landscape", ["--html", file, "--size", "33", "--balls", "6", "--steps", "80", "--samples", "200"]);

            Assert.InRange(sample.Numbers(@"reads (\d+\.\d) ?% of the test digits")[0], 85, 100);
            double[] surface = sample.Numbers(@"two directions: (\d+\.\d+) in the middle, (\d+\.\d+) to (\d+\.\d+) around");
            // The middle is where training ended: nothing around is much lower, and most is much higher.
            Assert.InRange(surface[0], surface[1], 0.2);
            Assert.True(surface[2] > 10 * surface[0]);
            foreach (string name in new[] { "gradient descent", "momentum", "Adam" })
            {
                double[] losses = sample.Numbers($@"^{name}: mean loss (\d+\.\d+) where the balls start, (\d+\.\d+) where they end; (\d) of 6 end lower$");
                Assert.True(losses[1] < losses[0], $"{name}: from {losses[0]} to {losses[1]}");
                Assert.InRange(losses[2], 5, 6);
            }

            Assert.InRange(sample.Numbers(@"^valleys they end in: (\d+), ")[0], 2, 18);
            string page = File.ReadAllText(file);
            Assert.DoesNotContain("http", page, StringComparison.Ordinal);
            Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
            Assert.DoesNotContain("/*DATA*/", page, StringComparison.Ordinal);
            Assert.Contains("\"size\":33", page, StringComparison.Ordinal);
            Assert.Contains("\"name\":\"momentum\"", page, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
