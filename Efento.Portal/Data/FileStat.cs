using System.Runtime.InteropServices;

namespace Efento.Portal.Data;

/// <summary>
/// Identifies the file at a path: another file at the same path has another number. Works on Linux; elsewhere it only shows whether there
/// is a file.
/// </summary>
/// <param name="Device">The number of its device.</param>
/// <param name="Inode">Its number on the device, which no other file gets while it is open.</param>
/// <param name="Owner">The id of its owner.</param>
/// <param name="BornNs">When it was made, in ns since 1970; 0 if the file system does not say. Nobody can set it.</param>
internal readonly partial record struct FileStat(ulong Device, ulong Inode, uint Owner, long BornNs)
{
    private const int AtWorkingDirectory = -100;
    private const uint BasicStats = 0x7ff;
    private const uint BirthTime = 0x800;
    private const long SecondNs = 1_000_000_000;

    /// <summary>The file at a path, after following links; null if there is none.</summary>
    public static FileStat? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Path.Exists(path) ? default(FileStat) : null;
        }

        return Statx(AtWorkingDirectory, path, 0, BasicStats | BirthTime, out var found) == 0
            ? new FileStat(((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.Inode, found.Owner, Birth(found))
            : null;
    }

    private static long Birth(in Result found) =>
        (found.Mask & BirthTime) != 0 ? (found.BornSeconds * SecondNs) + found.BornNanoseconds : 0;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out Result result);

    /// <summary>The kernel's layout, which is the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Result
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(80)]
        public long BornSeconds;

        [FieldOffset(88)]
        public uint BornNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
