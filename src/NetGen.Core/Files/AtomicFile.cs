using System.Collections.Concurrent;

namespace NetGen.Files;

/// <summary>
/// Writes files that are either all new or all old, whenever the program or the machine stops. A symbolic link stays one, and the file behind it
/// is replaced; a file that is replaced keeps its permissions. What is no file, such as <c>/dev/null</c> or a pipe, is written to as it is.
/// </summary>
internal static class AtomicFile
{
    // Short, and apart from the target's name, so that any name the file system takes will do.
    private const string Prefix = ".netgen-";
    private const string Suffix = ".tmp";
    private const int Attempts = 3;

    private static readonly ConcurrentDictionary<string, bool> s_swept = new();

    /// <summary>Writes a temporary file in the target's directory, flushes it to the disk and renames it over the target.</summary>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    internal static void Write<TState>(string path, TState state, Action<Stream, TState> write)
    {
        (string target, string directory) = Resolve(path);
        if (IsDevice(target))
        {
            using var device = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(device, state);
            return;
        }

        if (s_swept.TryAdd(directory, true))
            Sweep(directory);

        string temporary = "";
        try
        {
            using (FileStream stream = Create(directory, target, out temporary))
            {
                write(stream, state);
                stream.Flush(flushToDisk: true);
                // While the file is open, and so locked: nobody takes it for one that a killed program left.
                File.Move(temporary, target, overwrite: true);
            }
        }
        catch (Exception exception) when (temporary.Length > 0)
        {
            File.Delete(temporary);
            if (exception is UnauthorizedAccessException)
                throw NotWritable(path, exception);
            throw;
        }

        // Until its directory is on the disk too, a renamed file may have its old name again after the power has failed.
        Disk.TryFlush(directory);
    }

    /// <summary>Refuses a path that <see cref="Write"/> could not write to, before there is anything to write.</summary>
    /// <exception cref="IOException">
    /// The directory is not there or not writable, the path is a directory, or the file that is there is read-only.
    /// </exception>
    internal static void RequireWritable(string path)
    {
        (string target, string directory) = Resolve(path);
        if (IsDevice(target))
            return;

        string temporary = "";
        try
        {
            Create(directory, target, out temporary).Dispose();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw NotWritable(path, exception);
        }
        finally
        {
            if (temporary.Length > 0)
                File.Delete(temporary);
        }
    }

    /// <summary>The file behind all symbolic links, whether it exists or not, and its directory.</summary>
    private static (string Target, string Directory) Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // The base library looks for what a link names by a relative path beside a link whose directory it is told, and at the root otherwise.
        string target = Path.GetFullPath(path);
        if (new FileInfo(target).LinkTarget is not null)
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target))
            throw InputFile.IsDirectory(path);
        string directory = Path.GetDirectoryName(target) ?? throw new IOException($"{path} is no file name.");
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"{path} cannot be written: there is no directory {directory}.");
        // A rename asks the directory alone, and would replace what is protected.
        if (File.Exists(target) && Disk.IsReadOnly(target))
            throw new IOException($"{path} cannot be written: the file is read-only.");
        // A rename is only atomic within one file system, so the directory is where the file will be.
        return (target, directory);
    }

    private static IOException NotWritable(string path, Exception exception) => new($"{path} cannot be written: {exception.Message}", exception);

    private static bool IsDevice(string target) => File.Exists(target) && Disk.IsDevice(target);

    private static FileStream Create(string directory, string target, out string temporary)
    {
        for (int attempt = 1; ; attempt++)
        {
            temporary = Path.Combine(directory, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
            try
            {
                return Create(temporary, target);
            }
            catch (IOException) when (attempt < Attempts && File.Exists(temporary))
            {
                // Another process that sweeps had it open for a moment, before it was locked, and deletes it.
            }
        }
    }

    private static FileStream Create(string temporary, string target)
    {
        // Deleting is shared for the sake of renaming; the shared lock tells other processes that somebody writes.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete };
        if (OperatingSystem.IsWindows() || !File.Exists(target))
            return new FileStream(temporary, options);

        // Nobody may read meanwhile what only some may read in the end.
        UnixFileMode mode = File.GetUnixFileMode(target);
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(temporary, options);
        File.SetUnixFileMode(stream.SafeFileHandle, mode);
        return stream;
    }

    /// <summary>Deletes what programs that were killed while writing have left: temporary files that nobody has open.</summary>
    private static void Sweep(string directory)
    {
        try
        {
            foreach (string leftover in Directory.EnumerateFiles(directory, Prefix + "*" + Suffix))
            {
                try
                {
                    using (new FileStream(leftover, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    {
                    }

                    File.Delete(leftover);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // It is being written, or is not ours to delete.
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A directory that may not be listed is not tidied up.
        }
    }
}
