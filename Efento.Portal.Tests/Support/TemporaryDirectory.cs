namespace Efento.Portal.Tests.Support;

/// <summary>
/// A directory of its own for one test, gone with it. In memory where the system has such a place: a thousand portals wait for the disk
/// otherwise.
/// </summary>
public sealed class TemporaryDirectory : IDisposable
{
    private const string Memory = "/dev/shm";
    private const long Enough = 4L << 30;

    private static readonly string Place =
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Enough ? Memory : System.IO.Path.GetTempPath();

    /// <summary>Where it is.</summary>
    public string Path { get; } = Make();

    /// <inheritdoc/>
    public void Dispose()
    {
        // A page that still reads the database of a stopped portal must not make files again while they are deleted.
        var gone = $"{Path}.gone";
        Directory.Move(Path, gone);
        Directory.Delete(gone, recursive: true);
    }

    private static string Make()
    {
        var path = System.IO.Path.Combine(Place, $"efento-portal-{System.IO.Path.GetRandomFileName()}");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path).FullName
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }
}
