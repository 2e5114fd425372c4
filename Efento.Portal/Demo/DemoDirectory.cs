using Efento.Portal.Configuration;
using Efento.Portal.Data;

namespace Efento.Portal.Demo;

/// <summary>
/// The data directory of a demo, deleted at its end. A file marks it, and the demo keeps that file locked while it runs. So a directory
/// with a mark but without a lock was left by a demo that was killed, and can be deleted.
/// </summary>
internal sealed class DemoDirectory : IDisposable
{
    /// <summary>The file that marks it.</summary>
    public const string Mark = "demo.lock";

    private const string Prefix = "efento-portal-demo-";

    private readonly FileStream _mark;

    private DemoDirectory(string path)
    {
        Path = path;
        _mark = Open(MarkOf(path));
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Makes a directory among the temporary files, and deletes those that killed demos left there.</summary>
    public static DemoDirectory Make()
    {
        foreach (var path in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*"))
        {
            ThrowAwayIfLeft(path);
        }

        return new DemoDirectory(Directory.CreateTempSubdirectory(Prefix).FullName);
    }

    /// <summary>Makes a directory at a given path.</summary>
    /// <param name="path">A directory that does not exist, is empty, or was left by a killed demo.</param>
    /// <exception cref="SettingsException">The path is used by something else.</exception>
    public static DemoDirectory MakeAt(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            ThrowAwayIfLeft(path);
        }

        if (System.IO.Path.Exists(path) && !(Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new SettingsException(
                [new SettingFault("Portal:DataDirectory", $"\"{path}\"", "an empty directory, or none, for the demo: it throws its data away at the end, and there is something that is not its own")]);
        }

        OwnerOnly.MakeDirectory(path);
        return new DemoDirectory(path);
    }

    /// <summary>Deletes the directory with everything in it.</summary>
    public void Dispose()
    {
        _mark.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly.FileMode;
        }

        return new FileStream(path, options);
    }

    private static string MarkOf(string path) => System.IO.Path.Combine(path, Mark);

    private static void ThrowAwayIfLeft(string path)
    {
        if (IsLeft(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Whether it was left by a demo whose process has ended. A directory of another user looks as if it had no mark.</summary>
    private static bool IsLeft(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is not null || !File.Exists(MarkOf(path)))
        {
            return false;
        }

        try
        {
            using var mark = new FileStream(MarkOf(path), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is locked because its demo still runs, or it belongs to another user.
            return false;
        }

        // A portal may have been started on the data that a demo left. Then it must not be deleted.
        using var data = new DataDirectory(path);
        return data.TryLock();
    }
}
