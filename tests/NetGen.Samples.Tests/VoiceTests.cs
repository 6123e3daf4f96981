namespace NetGen.Samples.Tests;

public class VoiceTests
{
    [Fact]
    public void Two_words_are_heard_where_they_are()
    {
        Sample sample = Sample.Run("Voice");
        Assert.Equal([1.73, 2.37], sample.Numbers(@"^Somebody speaks in (\d+\.\d\d) of (\d+\.\d\d) seconds\.$"));
        Assert.Equal(0.048, sample.Numbers(@"^  0\.000   (0\.\d{3})")[0]);
        Assert.Equal(0.984, sample.Numbers(@"^  0\.096   (0\.\d{3})")[0]);
        Assert.InRange(sample.Numbers(@"a step: (\d+) times as fast as one speaks\.$")[0], 1, 1e6);
    }

    [Fact]
    public void A_file_that_is_no_recording_is_named()
    {
        Sample sample = Sample.Run("Voice", ["--file", "Voice.dll"]);
        Assert.Equal(1, sample.ExitCode);
        Assert.Equal("Voice.dll is no WAV file.", sample.Error.Trim());
    }
}
