using System.Runtime.InteropServices;
using System.Text;

namespace NetGen.Files;

/// <summary>What only the operating system knows of files and directories, and .NET has no call for.</summary>
internal static unsafe class Disk
{
    private static bool HasCalls => !OperatingSystem.IsWindows() && !OperatingSystem.IsBrowser() && !OperatingSystem.IsWasi();

    /// <summary>Writes a directory's entries to the disk where the system has a way to.</summary>
    /// <returns>
    /// Whether the disk has confirmed it; false on Windows, whose file system keeps a journal of names, and where the system refuses.
    /// </returns>
    internal static bool TryFlush(string directory) => HasCalls && Flushes(directory) == true;

    /// <summary>
    /// Whether a path leads to a device, a pipe or a socket: a name that stands for no contents on a disk, and must not be given to a file. The
    /// system says so by having nothing to flush there.
    /// </summary>
    /// <param name="path">Anything that exists, but no directory.</param>
    internal static bool IsDevice(string path) => HasCalls && Flushes(path) == false;

    /// <summary>Whether a file may not be written to.</summary>
    /// <param name="path">A file that exists.</param>
    internal static bool IsReadOnly(string path)
    {
        if (!HasCalls)
            return (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0;
        const int ToWrite = 2;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            return Access(name, ToWrite) != 0;
    }

    /// <summary>Flushes what is behind a path; null where that may not be opened.</summary>
    private static bool? Flushes(string path)
    {
        // Not to wait for whoever is at the other end of a pipe.
        int readOnly = OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? 0x800 : 0x4;
        int handle;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            handle = Open(name, readOnly);
        if (handle < 0)
            return null;
        bool flushed = Flush(handle) == 0;
        _ = Close(handle);
        return flushed;
    }

    [DllImport("libc", EntryPoint = "access")]
    private static extern int Access(byte* path, int mode);

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte* path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
