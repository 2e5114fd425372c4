using System.Runtime.InteropServices;

namespace Efento.Portal.Connections;

/// <summary>Reads the operating system's limit of open files and connections of this process.</summary>
internal static partial class FileDescriptors
{
    private const int NumberOnLinux = 7;
    private const int NumberOnMacOS = 8;

    /// <summary>The present limit (<c>ulimit -n</c>); null if there is none.</summary>
    public static long? Limit()
    {
        if (OperatingSystem.IsWindows() || Read(OperatingSystem.IsMacOS() ? NumberOnMacOS : NumberOnLinux, out var limits) != 0)
        {
            return null;
        }

        return limits.Current > long.MaxValue ? null : (long)limits.Current;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int Read(int resource, out Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public ulong Current;
        public ulong Most;
    }
}
