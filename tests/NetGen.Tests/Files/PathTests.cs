using NetGen.Data;
using NetGen.Tests.Data;

namespace NetGen.Tests.Files;

/// <summary>Every door that takes a path says in the same words what is wrong with one, and names it.</summary>
public sealed class PathTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string, Action<string>> Readers => new()
    {
        { "SafeTensorsFile.Read", path => SafeTensorsFile.Read(path) },
        { "ParameterBlock.Load", path => new SoftmaxNet().Parameters.Load(path) },
        { "Model.LoadFrom", path => Model<SoftmaxNet>.LoadFrom(path) },
        { "Model.LoadInto", path => Model<SoftmaxNet>.LoadInto(new SoftmaxNet(), path) },
        { "Csv.Read", path => Csv.Read(path) },
        { "IdxFile.Read", path => IdxFile.Read(path) },
        { "Cifar.Read", path => Cifar.Read([path]) },
        { "MappedDataset.Open", path => MappedDataset.Open(path).Dispose() },
    };

    public static TheoryData<string, Action<string>> FolderReaders => new()
    {
        { "Mnist.Load", path => Mnist.Load(path) },
        { "ImageFolder.Read", path => ImageFolder.Read(path) },
        { "ImageFolder.Read of classes", path => ImageFolder.Read(path, new ImageFolderOptions { ClassNames = ["a"] }) },
    };

    public static TheoryData<string, Action<string>> Writers => new()
    {
        { "SafeTensorsBuilder.Save", path => new SafeTensorsBuilder().Save(path) },
        { "ParameterBlock.Save", path => new SoftmaxNet().Parameters.Save(path) },
        { "Model.Save", path => new Model<SoftmaxNet>(new SoftmaxNet()).Save(path) },
        { "MappedDataset.Write", path => MappedDataset.Write(path, TestData.Separable(3, seed: 1)) },
        { "TrainingHistory.SaveCsv", path => new TrainingHistory().SaveCsv(path) },
        { "TrainingReport.Save", path => TrainingReport.Save(path, Run(null)) },
        { "TrainingReport.RequireWritable", TrainingReport.RequireWritable },
        { "a checkpoint", path => Run(new CheckpointOptions(path)) },
        { "a checkpoint to go on from", path => Run(new CheckpointOptions(path) { Resume = true }) },
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_path_that_leads_to_no_file_is_refused(string door, Action<string> read)
    {
        Assert.Equal("path", Assert.ThrowsAny<ArgumentException>(() => read("")).ParamName);
        Assert.Equal("path", Assert.ThrowsAny<ArgumentException>(() => read(null!)).ParamName);
        string missing = Path.Combine(_directory.Root, "missing");
        Expect<FileNotFoundException>(door, $"There is no file {missing}.", () => read(missing));
        Expect<FileNotFoundException>(door, $"(/", () => read("missing"), windows: "(");
        Expect<DirectoryNotFoundException>(door, "and no directory that it could be in.", () => read(Path.Combine(missing, "file")));
        Expect<IOException>(door, $"{_directory.Root} is a directory; give the name of a file in it.", () => read(_directory.Root));
        Expect<FileNotFoundException>(door, "A path names one file: * and ? stand for themselves.", () => read(Path.Combine(_directory.Root, "*.x")));
        Expect<DirectoryNotFoundException>(door, "The sign ~ is for shells", () => read("~/missing/file"));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void What_is_no_such_file_is_refused_with_its_name(string door, Action<string> read)
    {
        string empty = _directory.Write("empty", "");
        Expect<InvalidDataException>(door, empty, () => read(empty));
        if (!OperatingSystem.IsLinux())
            return;
        Expect<InvalidDataException>(door, "/dev/null", () => read("/dev/null"));
        // Which has no end.
        Expect<IOException>(door, "/dev/zero", () => read("/dev/zero"), orInvalidData: true);
    }

    [Theory]
    [MemberData(nameof(FolderReaders))]
    public void A_path_that_leads_to_no_directory_is_refused(string door, Action<string> read)
    {
        Assert.Equal("directory", Assert.ThrowsAny<ArgumentException>(() => read("")).ParamName);
        string missing = Path.Combine(_directory.Root, "missing"), file = _directory.Write("file", "");
        Expect<DirectoryNotFoundException>(door, $"There is no directory {missing}.", () => read(missing));
        Expect<IOException>(door, $"{file} is a file; give the name of a directory.", () => read(file));
        Expect<IOException>(door, _directory.Root, () => read(_directory.Root), orInvalidData: true);
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_path_that_cannot_be_written_is_refused(string door, Action<string> write)
    {
        Assert.Equal("path", Assert.ThrowsAny<ArgumentException>(() => write("")).ParamName);
        string missing = Path.Combine(_directory.Root, "missing");
        Expect<DirectoryNotFoundException>(door, $"there is no directory {missing}.", () => write(Path.Combine(missing, "file")));
        Expect<IOException>(door, $"{_directory.Root} is a directory; give the name of a file in it.", () => write(_directory.Root));
        string file = _directory.Write("file", "");
        Expect<DirectoryNotFoundException>(door, $"there is no directory {file}.", () => write(Path.Combine(file, "within")));
        Assert.Equal([file], Directory.GetFileSystemEntries(_directory.Root));
    }

    [Fact]
    public void TensorBoard_asks_for_a_directory_before_the_first_step()
    {
        string file = _directory.Write("file", "");
        var model = new SoftmaxNet();
        float[] before = model.Parameters.Span.ToArray();
        using var trainer = new Trainer<SoftmaxNet>(model, new Sgd(0.1f));
        Expect<IOException>("TensorBoard", $"{file} is a file; TensorBoard needs a directory", () => trainer.Fit(
            TestData.Separable(9, seed: 1), new FitOptions { Quiet = true, Callbacks = [new TensorBoard(file)] }));
        Assert.Equal(before, model.Parameters.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_file_that_is_read_only_is_left_alone(string door, Action<string> write)
    {
        string file = _directory.Write("file", "kept");
        File.SetAttributes(file, FileAttributes.ReadOnly);
        // Nothing is read-only for the superuser.
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            return;
        Expect<IOException>(door, $"{file} cannot be written: the file is read-only.", () => write(file), orInvalidData: true);
        Assert.Equal("kept", File.ReadAllText(file));
        File.SetAttributes(file, FileAttributes.Normal);
    }

    [Fact]
    public void A_run_goes_on_from_where_a_link_leads_and_begins_where_there_is_nothing_yet()
    {
        string file = Path.Combine(_directory.Root, "file"), link = Path.Combine(_directory.Root, "link");
        File.CreateSymbolicLink(link, file);
        foreach (int epochs in (int[])[1, 2])
        {
            using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
            TrainingHistory history = trainer.Fit(TestData.Separable(9, seed: 1), new FitOptions
            {
                Epochs = epochs, Quiet = true, Checkpoint = new CheckpointOptions(link) { Resume = true },
            });
            Assert.Equal((epochs, 1), (history.Epochs.Count, (int)trainer.StepCount / epochs));
        }

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.True(File.Exists(file));
    }

    private static TrainingHistory Run(CheckpointOptions? checkpoint)
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        return trainer.Fit(TestData.Separable(9, seed: 1), new FitOptions { Quiet = true, Checkpoint = checkpoint });
    }

    private static void Expect<T>(string door, string message, Action action, bool orInvalidData = false, string? windows = null)
        where T : Exception
    {
        Exception? exception = Record.Exception(action);
        Assert.True(
            exception is T || (orInvalidData && exception is InvalidDataException or IOException), $"{door}: {exception?.ToString() ?? "nothing"}");
        Assert.True(
            exception!.Message.Contains(OperatingSystem.IsWindows() && windows is not null ? windows : message, StringComparison.Ordinal),
            $"{door}: {exception.Message}");
    }
}
