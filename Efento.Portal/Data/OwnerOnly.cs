using System.Runtime.InteropServices;

namespace Efento.Portal.Data;

/// <summary>
/// Restricts the portal's files to its own user, on Unix. On Windows, files inherit the rights of their directory.
/// </summary>
internal static partial class OwnerOnly
{
    /// <summary>600.</summary>
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>700.</summary>
    public const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const uint OthersMask = 0b111_111;

    /// <summary>
    /// Makes all files that the process creates from now on accessible only to its user, including those of SQLite and other libraries. If
    /// each place that creates a file had to do so, one would be forgotten.
    /// </summary>
    public static void ByDefault()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(OthersMask);
        }
    }

    /// <summary>Makes a directory, if there is none.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be made.</exception>
    public static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, DirectoryMode);
        }
    }

    /// <summary>Makes a file that only its user can read, whatever the umask. Nobody else can open it while it is open.</summary>
    /// <exception cref="IOException">It exists, or can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be made.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }

        return new FileStream(path, options);
    }

    /// <summary>
    /// Removes the rights of other users from a data directory, the files in it, and its keys. Targets of links stay unchanged. So does a
    /// directory that is shared or holds other files, because it may be one of the system's.
    /// </summary>
    public static RestrictedRights Restrict(string path)
    {
        var rights = new RestrictedRights([], []);
        if (OperatingSystem.IsWindows())
        {
            return rights;
        }

        var directory = new DirectoryInfo(path);
        if (IsPortals(directory))
        {
            Narrow(directory, DirectoryMode, rights);
        }
        else if ((directory.UnixFileMode & Others) != 0)
        {
            rights.Left.Add(directory.FullName);
        }

        string[] keys = [Path.Combine(path, DataDirectory.Keys)];
        foreach (var kept in keys.Where(Directory.Exists).Select(k => new DirectoryInfo(k)))
        {
            Narrow(kept, DirectoryMode, rights);
            Narrow(kept.EnumerateFiles(), rights);
        }

        Narrow(directory.EnumerateFiles().Where(file => IsPortals(directory) || DataDirectory.IsPortals(file.Name)), rights);
        return rights;
    }

    private static void Narrow(IEnumerable<FileInfo> files, RestrictedRights rights)
    {
        foreach (var file in files.Where(file => file.LinkTarget is null))
        {
            Narrow(file, FileMode, rights);
        }
    }

    private static void Narrow(FileSystemInfo place, UnixFileMode mode, RestrictedRights rights)
    {
        if (OperatingSystem.IsWindows() || (place.UnixFileMode & Others) == 0)
        {
            return;
        }

        try
        {
            place.UnixFileMode &= mode;
            rights.Mended.Add(place.FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It belongs to another user, or the file system is read-only.
            rights.Left.Add(place.FullName);
        }
    }

    private static bool IsPortals(DirectoryInfo directory) =>
        !OperatingSystem.IsWindows() && !directory.UnixFileMode.HasFlag(UnixFileMode.StickyBit)
        && directory.EnumerateDirectories().All(inside => inside.Name is DataDirectory.Keys or "lost+found");

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}

/// <summary>The result of restricting rights that were too wide.</summary>
/// <param name="Mended">Files and directories that are now restricted to the portal's user.</param>
/// <param name="Left">Files and directories that others may still read.</param>
internal sealed record RestrictedRights(List<string> Mended, List<string> Left);
