using System.Runtime.InteropServices;

namespace Efento.Portal.Data;

/// <summary>Which file is at a path: another one at the same path has another number. Told on Linux; elsewhere only whether there is one.</summary>
/// <param name="Device">The device it is on.</param>
/// <param name="Inode">Its number there, its own for as long as somebody has it open.</param>
/// <param name="Owner">The id of the user it belongs to.</param>
internal readonly partial record struct FileStat(ulong Device, ulong Inode, uint Owner)
{
    private const int AtWorkingDirectory = -100;
    private const uint BasicStats = 0x7ff;

    /// <summary>What is at a path, links followed; null if nothing is.</summary>
    public static FileStat? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Path.Exists(path) ? default(FileStat) : null;
        }

        return Statx(AtWorkingDirectory, path, 0, BasicStats, out var found) == 0
            ? new FileStat(((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.Inode, found.Owner)
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out Result result);

    /// <summary>The kernel's own layout, the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Result
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
