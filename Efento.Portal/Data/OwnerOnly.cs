using System.Runtime.InteropServices;

namespace Efento.Portal.Data;

/// <summary>
/// Rights on what the portal keeps: its own user's alone, on Unix. Windows gives files the rights of the directory they are made in.
/// </summary>
internal static partial class OwnerOnly
{
    /// <summary>600.</summary>
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>700.</summary>
    public const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const uint OthersMask = 0b111_111;

    /// <summary>
    /// Whatever the process makes from now on is its user's alone, SQLite's files and those of libraries included: asked of each place that
    /// makes one, it would be forgotten at the next.
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

    /// <summary>
    /// Takes the rights of others from a data directory, the files in it and its keys. What a link leads to is left alone, and so is a directory
    /// that is everybody's or that holds more than a portal's data: it may be one of the system's.
    /// </summary>
    public static MendedRights Mend(string path)
    {
        var rights = new MendedRights([], []);
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

    private static void Narrow(IEnumerable<FileInfo> files, MendedRights rights)
    {
        foreach (var file in files.Where(file => file.LinkTarget is null))
        {
            Narrow(file, FileMode, rights);
        }
    }

    private static void Narrow(FileSystemInfo place, UnixFileMode mode, MendedRights rights)
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
            // Somebody else's, or on a file system that is read-only.
            rights.Left.Add(place.FullName);
        }
    }

    private static bool IsPortals(DirectoryInfo directory) =>
        !OperatingSystem.IsWindows() && !directory.UnixFileMode.HasFlag(UnixFileMode.StickyBit)
        && directory.EnumerateDirectories().All(inside => inside.Name is DataDirectory.Keys or "lost+found");

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}

/// <summary>What became of rights that were too wide.</summary>
/// <param name="Mended">What is now the portal's user's alone.</param>
/// <param name="Left">What others may still look into.</param>
internal sealed record MendedRights(List<string> Mended, List<string> Left);
