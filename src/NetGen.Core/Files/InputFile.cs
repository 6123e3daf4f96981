namespace NetGen.Files;

/// <summary>
/// Opens what a caller names by a path, and says in one way, with one kind of exception for each, why a path leads to nothing that can be read.
/// </summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="ArgumentException">There is no path.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is not even its directory.</exception>
    /// <exception cref="IOException">It is a directory, or may not be read.</exception>
    internal static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw IsDirectory(path);
        try
        {
            return File.OpenRead(path);
        }
        catch (FileNotFoundException exception)
        {
            throw new FileNotFoundException($"There is no file {Named(path)}.{Hint(path)}", path, exception);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new DirectoryNotFoundException($"There is no file {Named(path)}, and no directory that it could be in.{Hint(path)}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"{path} may not be read: {exception.Message}", exception);
        }
    }

    /// <summary>Opens a file of which some is read more than once.</summary>
    /// <inheritdoc cref="Open"/>
    internal static FileStream OpenAgainAndAgain(string path)
    {
        FileStream file = Open(path);
        // A device has no length, and yet something to read, perhaps without end.
        if (file.CanSeek && (file.Length > 0 || file.ReadByte() < 0))
            return file;
        file.Dispose();
        throw new IOException($"{path} is a pipe or a device, which is not read again and again: save what it gives as a file first.");
    }

    /// <summary>Whether there is something behind a path: a symbolic link to a file that is not there is none.</summary>
    internal static bool Exists(string path) =>
        File.Exists(File.Exists(path) ? File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)?.FullName ?? path : path);

    /// <summary>Reads a whole file.</summary>
    /// <inheritdoc cref="Open"/>
    internal static byte[] ReadAllBytes(string path)
    {
        using FileStream file = Open(path);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Refuses a path that leads to no directory.</summary>
    /// <param name="path">The path.</param>
    /// <param name="parameter">The argument's name.</param>
    /// <exception cref="ArgumentException">There is no path.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="IOException">It is a file.</exception>
    internal static void RequireDirectory(string path, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(path, parameter);
        if (Directory.Exists(path))
            return;
        throw File.Exists(path)
            ? new IOException($"{path} is a file; give the name of a directory.")
            : new DirectoryNotFoundException($"There is no directory {Named(path)}.{Hint(path)}");
    }

    /// <summary>What is thrown where a file should be and a directory is.</summary>
    internal static IOException IsDirectory(string path) => new($"{path} is a directory; give the name of a file in it.");

    /// <summary>A path as it was given and, where that depends on where the program runs, in full.</summary>
    private static string Named(string path) => Path.IsPathFullyQualified(path) ? path : $"{path} ({Path.GetFullPath(path)})";

    private static string Hint(string path) => path.AsSpan().ContainsAny('*', '?') ? " A path names one file: * and ? stand for themselves."
        : path[0] == '~' ? " The sign ~ is for shells and stands for itself here."
        : "";
}
