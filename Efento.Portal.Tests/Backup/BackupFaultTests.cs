using System.Diagnostics;
using System.Runtime.Versioning;
using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Backup;

/// <summary>Backups and restores that are killed, that find no room, and that another user makes. Needs Linux and root.</summary>
[Trait(Category.Name, Category.Fault)]
[SupportedOSPlatform("linux")]
public sealed class BackupFaultTests : IDisposable
{
    private const int Kills = 12;
    private const string Nobody = "65534";

    private readonly BackupBench _bench = new();

    [Fact]
    public async Task Backup_KilledAtAnyTime_LeavesTheOneBeforeAndTheNextTidiesUp()
    {
        await MakeDataAsync();
        var whole = await TimedAsync(() => RunAsync("backup", "--to", Path.Combine(_bench.Backups, "first"), "--data-directory", _bench.Data));
        for (var i = 0; i < Kills; i++)
        {
            await KillAsync(whole * i / Kills, "backup", "--to", Path.Combine(_bench.Backups, "second"), "--data-directory", _bench.Data);

            // What has its name is whole, whenever the command was killed.
            if (File.Exists(Path.Combine(_bench.Backups, "second")))
            {
                await RestoreAndRemoveAsync("second");
            }
        }

        Assert.Equal(0, (await _bench.BackUpAsync(Path.Combine(_bench.Backups, "second"))).ExitCode);

        Assert.Equal(["first", "second"], _bench.Files.Order());
        Assert.DoesNotContain(Directory.EnumerateFiles(_bench.Data), path => path.Contains("portal-backup", StringComparison.Ordinal));
        await RestoreAndRemoveAsync("first");
    }

    [Fact]
    public async Task Restore_KilledAtAnyTime_NoPortalStartsThereAndTheNextRestoreSucceeds()
    {
        await MakeDataAsync();
        var file = Path.Combine(_bench.Backups, "backup");
        Assert.Equal(0, (await _bench.BackUpAsync(file, _bench.Passphrase("lamp river cheese anvil"))).ExitCode);
        string[] restore = ["restore", file, "--to", _bench.Restored, "--passphrase-file", _bench.PassphraseFile];
        var whole = await TimedAsync(() => RunAsync(restore));
        Directory.Delete(_bench.Restored, recursive: true);
        for (var i = 0; i < Kills; i++)
        {
            await KillAsync(whole * i / Kills, restore);
            if (File.Exists(Path.Combine(_bench.Restored, "portal.db")))
            {
                Directory.Delete(_bench.Restored, recursive: true);
            }
            else if (File.Exists(Path.Combine(_bench.Restored, "portal-restore.db")))
            {
                var start = await RunAsync("tokens", "list", "--data-directory", _bench.Restored);
                Assert.Equal((1, false), (start.ExitCode, File.Exists(Path.Combine(_bench.Restored, "portal.db"))));
            }
        }

        Assert.Equal(0, (await RunAsync(restore)).ExitCode);
        Assert.False(File.Exists(Path.Combine(_bench.Restored, "portal-restore.db")));
    }

    [Fact]
    public async Task Backup_NoRoomWhereItGoes_FailsAndLeavesNothing()
    {
        await MakeDataAsync();
        await using var disk = await SmallDisk.MountAsync(megabytes: 4);
        disk.Fill(leave: 20_000);

        var run = await _bench.BackUpAsync(disk.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no room left", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["filler"], Directory.EnumerateFileSystemEntries(disk.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Backup_NoRoomInTheDataDirectory_SaysHowMuchIsMissingAndTakesNone()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16);
        await using var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = disk.Path });
        var before = Directory.EnumerateFiles(disk.Path).Order().ToList();

        var run = await CommandRun.OfAsync("backup", "--to", _bench.Backups, "--data-directory", disk.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("too little room", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFiles(disk.Path).Order());
        Assert.Empty(_bench.Files);
        await BackupBench.MeasureAsync(portal, messages: 1);
    }

    [Fact]
    public async Task Restore_NoRoom_FailsAndLeavesNothing()
    {
        await MakeDataAsync();
        var file = Path.Combine(_bench.Backups, "backup");
        Assert.Equal(0, (await _bench.BackUpAsync(file)).ExitCode);
        await using var disk = await SmallDisk.MountAsync(megabytes: 4);
        disk.Fill(leave: 100_000);

        var run = await CommandRun.OfAsync("restore", file, "--to", Path.Combine(disk.Path, "restored"));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["filler"], Directory.EnumerateFileSystemEntries(disk.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Restore_ByAnotherUserElsewhere_IsThatUsersPortal()
    {
        await MakeDataAsync();
        var file = Path.Combine(_bench.Backups, "backup");
        Assert.Equal(0, (await _bench.BackUpAsync(file)).ExitCode);
        using var home = new TemporaryDirectory();
        File.Copy(file, Path.Combine(home.Path, "backup"));
        await Commands.RunAsync("chown", "-R", $"{Nobody}:{Nobody}", home.Path);

        // Where the program was built, nobody but its owner may look.
        var program = Directory.CreateDirectory(Path.Combine(home.Path, "program")).FullName;
        await Commands.RunAsync("mount", "--bind", Path.GetDirectoryName(PortalProcess.Program)!, program);
        try
        {
            await Commands.RunAsync(
                "setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--inh-caps=-all", "env", $"HOME={home.Path}",
                "dotnet", Path.Combine(program, Path.GetFileName(PortalProcess.Program)),
                "restore", Path.Combine(home.Path, "backup"), "--to", Path.Combine(home.Path, "data"));
        }
        finally
        {
            await Commands.RunAsync("umount", "-l", program);
        }

        Assert.Equal(
            new PortalDatabase(_bench.Data).Lines("SELECT * FROM reading"),
            new PortalDatabase(Path.Combine(home.Path, "data")).Lines("SELECT * FROM reading"));
        var owners = await Process.Start(
            new ProcessStartInfo("stat", ["-c", "%u %a", Path.Combine(home.Path, "data"), Path.Combine(home.Path, "data", "portal.db")])
            {
                RedirectStandardOutput = true,
            })!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal($"{Nobody} 700\n{Nobody} 600\n", owners);
    }

    public void Dispose() => _bench.Dispose();

    private static Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.OfAsync(Path.GetTempPath(), arguments);

    private static async Task<TimeSpan> TimedAsync(Func<Task<ProgramRun>> runAsync)
    {
        var began = Stopwatch.GetTimestamp();
        Assert.Equal(0, (await runAsync()).ExitCode);
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Starts the program and kills it after a time.</summary>
    private static async Task KillAsync(TimeSpan after, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [PortalProcess.Program, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetTempPath(),
            })!;
        using var limit = new CancellationTokenSource(after);
        await process.WaitForExitAsync(limit.Token).ContinueWith(
            _ => process.Kill(), CancellationToken.None, TaskContinuationOptions.OnlyOnCanceled, TaskScheduler.Default)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private async Task MakeDataAsync()
    {
        await using var portal = await _bench.StartAsync();
        await BackupBench.MeasureAsync(portal);
    }

    private async Task RestoreAndRemoveAsync(string name)
    {
        var place = Path.Combine(Path.GetTempPath(), $"efento-restored-{Guid.NewGuid():N}");
        Assert.Equal(0, (await CommandRun.OfAsync("restore", Path.Combine(_bench.Backups, name), "--to", place)).ExitCode);
        Directory.Delete(place, recursive: true);
        File.Delete(Path.Combine(_bench.Backups, name));
    }
}
