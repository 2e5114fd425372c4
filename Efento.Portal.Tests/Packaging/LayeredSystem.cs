using System.Runtime.Versioning;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Packaging;

/// <summary>
/// This machine's own system with a layer of changes above it: packages can be installed and removed there, and the machine stays as it
/// was. systemd does not run in it. Needs Linux and the right to mount.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class LayeredSystem : IAsyncDisposable
{
    /// <summary>How long a package may take to be installed while other tests run.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The package that was installed last, as the system sees it.</summary>
    public const string Package = "/package.deb";

    private readonly TemporaryDirectory _directory = new();
    private readonly Stack<string> _mounted = new();

    private LayeredSystem()
    {
    }

    private string Root => Path.Combine(_directory.Path, "root");

    /// <summary>Mounts one.</summary>
    public static async Task<LayeredSystem> MountAsync()
    {
        var system = new LayeredSystem();
        try
        {
            await system.MountLayersAsync();
            return system;
        }
        catch (Exception)
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a file of the system is for the tests.</summary>
    public string PathOf(string file) => Path.Combine(Root, file.TrimStart('/'));

    /// <summary>The command that runs another one within the system.</summary>
    public string[] Within(params string[] command) => ["chroot", Root, .. command];

    /// <summary>Runs a command in the system as root, and returns what it printed. One that fails, fails the test.</summary>
    public Task<string> RunAsync(params string[] command) => ShellRun.OfAsync(Limit, Within(command));

    /// <summary>Installs a package, or upgrades to it.</summary>
    public async Task<string> InstallAsync(string package)
    {
        File.Copy(package, PathOf(Package), overwrite: true);
        return await RunAsync("dpkg", "-i", Package);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_mounted.TryPop(out var path))
        {
            await Commands.RunAsync("umount", "-l", path);
        }

        _directory.Dispose();
    }

    private async Task MountLayersAsync()
    {
        string[] layers = [.. new[] { "changes", "work", "root" }.Select(name => Path.Combine(_directory.Path, name))];
        foreach (var layer in layers)
        {
            // The mode of the layer of changes is that of the system's root directory, which every user passes.
            Directory.CreateDirectory(layer);
            File.SetUnixFileMode(layer, (UnixFileMode)0b111_101_101);
        }

        await MountAsync(Root, "-t", "overlay", "-o", $"lowerdir=/,upperdir={layers[0]},workdir={layers[1]}", "overlay");
        await MountAsync(PathOf("/proc"), "-t", "proc", "proc");
        await MountAsync(PathOf("/dev"), "--bind", "/dev");
    }

    private async Task MountAsync(string path, params string[] arguments)
    {
        await Commands.RunAsync("mount", [.. arguments, path]);
        _mounted.Push(path);
    }
}
