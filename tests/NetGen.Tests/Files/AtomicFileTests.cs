using System.ComponentModel;
using System.Diagnostics;
using NetGen.Tests.Data;

namespace NetGen.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Root => _directory.Root;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_behind_a_symbolic_link_is_replaced_and_not_the_link()
    {
        string behind = Path.Combine(Root, "behind"), link = Path.Combine(Root, "link"), linkToLink = Path.Combine(Root, "again");
        Directory.CreateDirectory(behind);
        string file = Path.Combine(behind, "file");
        File.WriteAllText(file, "old");
        File.CreateSymbolicLink(link, Path.Combine("behind", "file"));
        File.CreateSymbolicLink(linkToLink, link);

        Write(linkToLink, "new");

        Assert.Equal("new", File.ReadAllText(file));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.NotNull(new FileInfo(linkToLink).LinkTarget);
        Assert.Equal([file], Directory.GetFiles(behind));
    }

    [Fact]
    public void A_link_to_a_file_that_is_not_there_yet_makes_it()
    {
        string file = Path.Combine(Root, "file"), link = Path.Combine(Root, "link");
        File.CreateSymbolicLink(link, file);

        Write(link, "new");

        Assert.Equal("new", File.ReadAllText(file));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_link_named_without_its_directory_leads_where_it_lies()
    {
        string link = $"link-{Guid.NewGuid():N}", file = $"file-{Guid.NewGuid():N}";
        try
        {
            File.CreateSymbolicLink(link, file);

            Write(link, "new");

            Assert.Equal("new", File.ReadAllText(file));
            Assert.Equal(file, new FileInfo(link).LinkTarget);
        }
        finally
        {
            File.Delete(link);
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead)]
    public void A_file_that_is_replaced_keeps_its_permissions(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;
        string file = Path.Combine(Root, "file"), other = Path.Combine(Root, "other");
        File.WriteAllText(file, "old");
        File.SetUnixFileMode(file, mode);

        Write(file, "new");
        Write(other, "new");

        Assert.Equal(mode, File.GetUnixFileMode(file));
        File.Delete(other);
        File.WriteAllText(other, "made as any other file is");
        UnixFileMode usual = File.GetUnixFileMode(other);
        File.Delete(other);
        Write(other, "new");
        Assert.Equal(usual, File.GetUnixFileMode(other));
    }

    [Fact]
    public void Any_name_that_the_file_system_takes_will_do()
    {
        string file = Path.Combine(Root, new string('n', 255));
        Write(file, "new");
        Write(file, "newer");
        Assert.Equal("newer", File.ReadAllText(file));
    }

    [Fact]
    public void What_killed_programs_left_is_deleted_and_what_is_being_written_is_not()
    {
        string left = Path.Combine(Root, ".netgen-0123456789abcdef0123456789abcdef.tmp");
        string busy = Path.Combine(Root, ".netgen-fedcba9876543210fedcba9876543210.tmp");
        string others = Path.Combine(Root, "somebody's.tmp");
        File.WriteAllText(left, "half");
        File.WriteAllText(others, "whole");
        string file = Path.Combine(Root, "file");
        using (var writing = new FileStream(busy, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete))
            Write(file, "new");

        Assert.Equal([busy, file, others], Directory.GetFiles(Root).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_left_of_a_write_that_fails()
    {
        string file = Path.Combine(Root, "file");
        Write(file, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(file, 0, (stream, _) =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal([file], Directory.GetFiles(Root));
        Assert.Equal("old", File.ReadAllText(file));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_refused_beforehand_and_by_name()
    {
        string missing = Path.Combine(Root, "nowhere", "file");
        Assert.Contains("there is no directory", Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.RequireWritable(missing)).Message);
        Assert.Contains(missing, Assert.Throws<DirectoryNotFoundException>(() => Write(missing, "new")).Message);
        Assert.Contains("is a directory", Assert.ThrowsAny<IOException>(() => AtomicFile.RequireWritable(Root)).Message);
        AtomicFile.RequireWritable(Path.Combine(Root, "file"));
        Assert.Empty(Directory.GetFiles(Root));
    }

    [Fact]
    public void Directories_are_flushed()
    {
        if (!OperatingSystem.IsWindows())
            Assert.True(Disk.TryFlush(Root));
        Assert.False(Disk.TryFlush(Path.Combine(Root, "nowhere")));
    }

    [Fact]
    public async Task What_is_no_file_is_written_to_and_stays_what_it_is()
    {
        string pipe = Path.Combine(Root, "pipe");
        if (OperatingSystem.IsWindows() || !TryMakePipe(pipe))
            return;
        Assert.True(Disk.IsDevice(pipe));
        AtomicFile.RequireWritable(pipe);
        for (int i = 0; i < 2; i++)
        {
            Task<string> reading = Task.Run(() => File.ReadAllText(pipe));
            Write(pipe, $"new {i}");
            Assert.Equal($"new {i}", await reading.WaitAsync(TimeSpan.FromMinutes(1)));
        }

        Assert.True(Disk.IsDevice(pipe));
        Assert.Equal([pipe], Directory.GetFiles(Root));
        string file = Path.Combine(Root, "file");
        Write(file, "old");
        Assert.False(Disk.IsDevice(file));
        Assert.True(!OperatingSystem.IsLinux() || Disk.IsDevice("/dev/null"));
    }

    private static bool TryMakePipe(string path)
    {
        try
        {
            using Process process = Process.Start("mkfifo", [path]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program here.
            return false;
        }
    }

    private static void Write(string path, string text) => AtomicFile.Write(path, text, static (stream, content) =>
    {
        foreach (char c in content)
            stream.WriteByte((byte)c);
    });
}
