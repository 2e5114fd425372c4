using Efento.Portal.Configuration;
using Efento.Portal.Data;

namespace Efento.Portal.Demo;

/// <summary>
/// The data directory of a demo, gone with it. It is marked as such by a file that the demo keeps locked while it runs: what is marked and
/// locked by nobody was left behind by a demo that was killed, and is nobody's.
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
        _mark = new FileStream(MarkOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Where it is, in full.</summary>
    public string Path { get; }

    /// <summary>Makes one among the temporary files, and throws away those that killed demos left there.</summary>
    public static DemoDirectory Make()
    {
        foreach (var path in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*"))
        {
            ThrowAwayIfLeft(path);
        }

        return new DemoDirectory(Directory.CreateTempSubdirectory(Prefix).FullName);
    }

    /// <summary>Makes one where it shall be.</summary>
    /// <param name="path">A directory that is not there, is empty, or was left by a killed demo.</param>
    /// <exception cref="SettingsException">There is something else.</exception>
    public static DemoDirectory MakeAt(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            ThrowAwayIfLeft(path);
        }

        if (System.IO.Path.Exists(path) && !(Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new SettingsException([new SettingFault("Portal:DataDirectory", $"\"{path}\"", "an empty directory, or none, for the demo: it throws its data away at the end, and there is something that is not its own")]);
        }

        OwnerOnly.MakeDirectory(path);
        return new DemoDirectory(path);
    }

    /// <summary>Throws it away with everything in it.</summary>
    public void Dispose()
    {
        _mark.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private static string MarkOf(string path) => System.IO.Path.Combine(path, Mark);

    private static void ThrowAwayIfLeft(string path)
    {
        if (IsLeft(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Whether it is a demo's whose process has ended. That of another user looks as if it had no mark.</summary>
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
            // Locked: that demo still runs. Or not ours to write.
            return false;
        }

        // A portal may have been started on what a demo left: then somebody wants it.
        using var data = new DataDirectory(path);
        return data.TryLock();
    }
}
