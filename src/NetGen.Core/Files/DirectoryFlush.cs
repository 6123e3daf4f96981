using System.Runtime.InteropServices;
using System.Text;

namespace NetGen.Files;

/// <summary>Writes a directory's entries to the disk, which .NET has no call for.</summary>
internal static unsafe class DirectoryFlush
{
    /// <summary>Flushes the directory where the system has a way to.</summary>
    /// <returns>
    /// Whether the disk has confirmed it; false on Windows, whose file system keeps a journal of names, and where the system refuses.
    /// </returns>
    internal static bool Try(string directory)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsBrowser() || OperatingSystem.IsWasi())
            return false;

        const int ReadOnly = 0;
        int handle;
        fixed (byte* path = Encoding.UTF8.GetBytes(directory + '\0'))
            handle = Open(path, ReadOnly);
        if (handle < 0)
            return false;
        bool flushed = Flush(handle) == 0;
        _ = Close(handle);
        return flushed;
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte* path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
