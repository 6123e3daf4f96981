namespace NetGen.Samples.Tests;

public class StreamingTests
{
    [Fact]
    public void A_pedal_is_learned_and_played_faster_than_its_samples_come()
    {
        string folder = Directory.CreateTempSubdirectory("netgen").FullName;
        try
        {
            Sample sample = Sample.Run("Streaming", ["--epochs", "12", "--output", folder]);
            double before = sample.Numbers(@"is off by (\d+\.\d) % of its power\.$")[0], after = sample.Numbers(@"^Now it is off by (\d+\.\d) %\.$")[0];
            Assert.InRange(before, 50, 200);
            Assert.InRange(after, 0, 5);
            Assert.InRange(sample.Numbers(@"^It played 176,400 samples .*, (\d+) times as fast as they come\.$")[0], 1, 1e6);
            foreach (string name in (string[])["dry", "pedal", "network"])
            {
                byte[] file = File.ReadAllBytes(Path.Combine(folder, $"{name}.wav"));
                Assert.Equal(44 + (2 * 176_400), file.Length);
                Assert.Equal("RIFF"u8, file.AsSpan(0, 4));
                Assert.Equal(44100, BitConverter.ToInt32(file, 24));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
