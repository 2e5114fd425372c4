namespace Efento.Portal.Tests.Support;

/// <summary>A file system of a few megabytes, in memory. Needs Linux and the right to mount.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private SmallDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _directory.Path;

    /// <summary>How much room is left, in bytes.</summary>
    public long FreeBytes => new DriveInfo(Path).AvailableFreeSpace;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts one.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var disk = new SmallDisk();
        await Commands.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path);
        return disk;
    }

    /// <summary>Takes away all room but so many bytes.</summary>
    public void Fill(long leave)
    {
        using var filler = File.Create(Filler);
        filler.Write(new byte[FreeBytes - leave]);
    }

    /// <summary>Gives the room back.</summary>
    public void MakeRoom() => File.Delete(Filler);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Commands.RunAsync("umount", "-l", Path);
        _directory.Dispose();
    }
}
