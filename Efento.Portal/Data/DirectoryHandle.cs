using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Efento.Portal.Data;

/// <summary>
/// An open handle of a directory, on Linux. With it, the directory stays locked even if every file in it is deleted, and has a short path.
/// </summary>
internal sealed partial class DirectoryHandle : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int Exclusive = 2;
    private const int NotWaiting = 4;
    private const int WouldBlock = 11;

    private readonly SafeFileHandle _handle;

    private DirectoryHandle(SafeFileHandle handle) => _handle = handle;

    /// <summary>A path of a few bytes, valid in this process as long as the handle is open.</summary>
    public string ShortPath => $"/proc/self/fd/{_handle.DangerousGetHandle()}";

    /// <summary>Opens the directory; null if that is not possible.</summary>
    public static DirectoryHandle? Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var opened = OpenFile(path, CloseOnExec);
        return opened < 0 ? null : new DirectoryHandle(new SafeFileHandle(opened, ownsHandle: true));
    }

    /// <summary>Locks it until the handle is disposed or the process ends; false if another process has the lock. If directories can't be
    /// locked, as on some network file systems, it counts as not locked.</summary>
    public bool TryLock() => Lock(_handle, Exclusive | NotWaiting) == 0 || Marshal.GetLastPInvokeError() != WouldBlock;

    /// <summary>Makes the names of new files in a directory durable.</summary>
    public static void Sync(string path)
    {
        using var handle = Open(path);
        if (handle is not null)
        {
            _ = Sync(handle._handle);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
