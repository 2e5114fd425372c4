using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Efento.Portal.Data;

/// <summary>A directory held open, on Linux: it can be locked though every file in it is deleted, and reached by a short path.</summary>
internal sealed partial class DirectoryHandle : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int Exclusive = 2;
    private const int NotWaiting = 4;
    private const int WouldBlock = 11;

    private readonly SafeFileHandle _handle;

    private DirectoryHandle(SafeFileHandle handle) => _handle = handle;

    /// <summary>A path to it of a few bytes, valid in this process for as long as this is open.</summary>
    public string ShortPath => $"/proc/self/fd/{_handle.DangerousGetHandle()}";

    /// <summary>Opens it; null where that can't be done.</summary>
    public static DirectoryHandle? Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var opened = OpenFile(path, CloseOnExec);
        return opened < 0 ? null : new DirectoryHandle(new SafeFileHandle(opened, ownsHandle: true));
    }

    /// <summary>Locks it until this is disposed or the process ends; false if another holds it. Where directories can't be locked, as on some
    /// network file systems, it is as if nobody did.</summary>
    public bool TryLock() => Lock(_handle, Exclusive | NotWaiting) == 0 || Marshal.GetLastPInvokeError() != WouldBlock;

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
