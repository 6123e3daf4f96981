namespace NetGen.Files;

/// <summary>Writes files that are either all new or all old, whenever the program or the machine stops.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary file in the same directory, flushes it to the disk and renames it over the target.</summary>
    internal static void Write<TState>(string path, TState state, Action<Stream, TState> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = Path.GetFullPath(path);
        // In the same directory, because a rename is only atomic within one file system.
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream, state);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
