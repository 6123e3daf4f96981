using Xunit.Sdk;

namespace NetGen.Generators.Tests.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-snapshots").FullName;

    private string Verified => Path.Combine(_folder, "a.verified.cs");

    private string Received => Path.Combine(_folder, "a.received.cs");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Equal_text_passes_and_removes_what_an_earlier_run_received()
    {
        File.WriteAllText(Verified, "one\r\ntwo\r\n");
        File.WriteAllText(Received, "old");
        Snapshot.Compare("one\ntwo\n", Verified, Received, accept: false);
        Assert.False(File.Exists(Received));
    }

    [Fact]
    public void Different_text_fails_with_the_lines_that_differ_and_is_kept()
    {
        File.WriteAllText(Verified, string.Join('\n', Enumerable.Range(1, 20)));
        string found = string.Join('\n', Enumerable.Range(1, 20).Select(line => line == 12 ? "twelve" : $"{line}"));
        string message = Assert.Throws<FailException>(() => Snapshot.Compare(found, Verified, Received, accept: false)).Message;
        Assert.Contains("@@ line 9\n  9\n  10\n  11\n- 12\n+ twelve\n  13\n  14\n  15\n", message);
        Assert.Contains("rename a.received.cs to a.verified.cs", message);
        Assert.Equal(found, File.ReadAllText(Received));
    }

    [Fact]
    public void A_missing_snapshot_fails_and_is_kept()
    {
        string message = Assert.Throws<FailException>(() => Snapshot.Compare("new", Verified, Received, accept: false)).Message;
        Assert.Contains("a.verified.cs does not exist", message);
        Assert.Equal("new", File.ReadAllText(Received));
    }

    [Fact]
    public void Accepting_writes_the_snapshot()
    {
        File.WriteAllText(Verified, "old");
        File.WriteAllText(Received, "new");
        Snapshot.Compare("new", Verified, Received, accept: true);
        Assert.Equal("new", File.ReadAllText(Verified));
        Assert.False(File.Exists(Received));
    }
}
