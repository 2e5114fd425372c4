using System.Runtime.Versioning;
using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Backup;

/// <summary>The commands <c>backup</c> and <c>restore</c>, beside a running portal and without one.</summary>
[SupportedOSPlatform("linux")]
public sealed class BackupCommandTests : IDisposable
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Secret = "a-password-of-the-mail-server";

    private const string Mail =
        $$"""
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","port":9,"from":"portal@site.example","user":"u","password":"{{Secret}}"}],
        "people":[],"chains":[]}
        """;

    private readonly BackupBench _bench = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backup_ToADirectory_HasADatedNameAndNothingBesideIt(bool isRunning)
    {
        await using var portal = await MeasuredAsync(isRunning);

        var run = await _bench.BackUpAsync();

        Assert.Equal((0, isRunning), (run.ExitCode, !run.Errors.Contains("No portal runs", StringComparison.Ordinal)));
        var name = Assert.Single(_bench.Files);
        Assert.Matches(@"\Aefento-portal-\d{8}T\d{6}Z\.tar\.gz\z", name);
        Assert.Equal(Path.Combine(_bench.Backups, name), run.Output.Trim());
        Assert.Equal(OwnersAlone, File.GetUnixFileMode(Path.Combine(_bench.Backups, name)));
        Assert.DoesNotContain(Directory.EnumerateFiles(_bench.Data), path => path.Contains("portal-backup", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restore_OfABackup_HoldsWhatThePortalHeld(bool isRunning)
    {
        await using var portal = await MeasuredAsync(isRunning);
        var expected = Held(_bench.Data, isRunning);

        var file = await BackedUpAsync();
        var run = await _bench.RestoreAsync(file);

        Assert.Equal((0, _bench.Restored), (run.ExitCode, run.Output.Trim()));
        Assert.Equal(expected, Held(_bench.Restored, isRunning));
        Assert.All(
            Directory.EnumerateFiles(_bench.Restored), path => Assert.Equal(OwnersAlone, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task Backup_ToAFile_IsThatFileAndReplacesIt()
    {
        await using var portal = await MeasuredAsync(isRunning: true);
        var file = Path.Combine(_bench.Backups, "nightly");
        await File.WriteAllTextAsync(file, "the one before", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await _bench.BackUpAsync(file)).ExitCode);

        Assert.Equal(["nightly"], _bench.Files);
        Assert.Equal(0, (await _bench.RestoreAsync(file)).ExitCode);
    }

    [Fact]
    public async Task Backup_ToADirectoryThatIsNotThere_FailsAndLeavesNothing()
    {
        await using var portal = await MeasuredAsync(isRunning: true);

        Assert.Equal(1, (await _bench.BackUpAsync(Path.Combine(_bench.Backups, "not", "there"))).ExitCode);

        Assert.Empty(_bench.Files);
        Assert.DoesNotContain(Directory.EnumerateFiles(_bench.Data), path => path.Contains("portal-backup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backup_OfNoPortal_Fails()
    {
        Assert.Equal(1, (await _bench.BackUpAsync()).ExitCode);

        Assert.Empty(_bench.Files);
    }

    [Fact]
    public async Task Backup_OfADamagedDatabase_FailsAndLeavesTheOneBefore()
    {
        await using (await MeasuredAsync(isRunning: true))
        {
        }

        var before = await BackedUpAsync();
        var database = Path.Combine(_bench.Data, "portal.db");
        var bytes = await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken);
        Array.Fill(bytes, (byte)0xee, bytes.Length / 2, 4096);
        await File.WriteAllBytesAsync(database, bytes, TestContext.Current.CancellationToken);

        // In a process of its own: portals beside this test would say that they met damage, too.
        string[] command = ["backup", "--to", Path.Combine(_bench.Backups, "later"), "--data-directory", _bench.Data];
        Assert.Equal(1, (await ProgramRun.OfAsync(_bench.Data, command)).ExitCode);

        Assert.Equal([Path.GetFileName(before)], _bench.Files);
    }

    [Fact]
    public async Task Backup_OfABrokenAuditTrail_FailsAndSaysSo()
    {
        await using (await MeasuredAsync(isRunning: true))
        {
        }

        new PortalDatabase(_bench.Data).Execute(
            "DROP TRIGGER audit_entry_is_not_changed; UPDATE audit_entry SET subject = 'nothing' WHERE id = 1");

        var run = await _bench.BackUpAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The audit trail is not whole: Entry 1", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_bench.Files);
    }

    [Fact]
    public async Task Backup_OfAnEarlierVersionsData_BringsNothingUpToDate()
    {
        var database = EarlierDatabase.UnpackInto(_bench.Data, EarlierDatabase.All.First());
        var before = database.Count("__EFMigrationsHistory");

        var file = await BackedUpAsync();

        Assert.Equal(before, database.Count("__EFMigrationsHistory"));
        Assert.Equal(0, (await _bench.RestoreAsync(file)).ExitCode);
        Assert.Equal(before, new PortalDatabase(_bench.Restored).Count("__EFMigrationsHistory"));
        await using var restored = await _bench.StartAsync(_bench.Restored);
        Assert.True(restored.Database.Scalar<long>("SELECT count(*) FROM portal_place WHERE held_utc IS NOT NULL") == 1);
    }

    [Fact]
    public async Task Backup_WithoutAPassphrase_LeavesKeysAndSecretsOut()
    {
        await using var portal = await MeasuredAsync(isRunning: true);
        await portal!.TellAsync(Mail);
        var sealedSecret = portal!.Database.Scalar<string>("SELECT secrets FROM notification_channel");

        var run = await _bench.BackUpAsync();

        Assert.Contains("left out", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await _bench.RestoreAsync(run.Output.Trim())).ExitCode);
        Assert.False(Directory.Exists(Path.Combine(_bench.Restored, "keys")));
        Assert.Equal("left out", new PortalDatabase(_bench.Restored).Scalar<string>("SELECT secrets FROM notification_channel"));
        Assert.Equal(sealedSecret, portal.Database.Scalar<string>("SELECT secrets FROM notification_channel"));
        var restored = await File.ReadAllBytesAsync(Path.Combine(_bench.Restored, "portal.db"), TestContext.Current.CancellationToken);
        Assert.Equal(-1, restored.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(sealedSecret)));
    }

    [Fact]
    public async Task Backup_WithAPassphrase_HasKeysAndSecretsAndShowsNothing()
    {
        await using var portal = await MeasuredAsync(isRunning: true);
        await portal!.TellAsync(Mail);
        var passphrase = _bench.Passphrase("lamp river cheese anvil");

        var run = await _bench.BackUpAsync(null, passphrase);

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith(".backup", Assert.Single(_bench.Files), StringComparison.Ordinal);
        var bytes = await File.ReadAllBytesAsync(run.Output.Trim(), TestContext.Current.CancellationToken);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("manifest"u8));
        Assert.Equal(0, (await _bench.RestoreAsync(run.Output.Trim(), passphrase)).ExitCode);
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(_bench.Data, "keys")).Select(Path.GetFileName),
            Directory.EnumerateFiles(Path.Combine(_bench.Restored, "keys")).Select(Path.GetFileName));
        Assert.Equal(
            portal!.Database.Scalar<string>("SELECT secrets FROM notification_channel"),
            new PortalDatabase(_bench.Restored).Scalar<string>("SELECT secrets FROM notification_channel"));
    }

    [Fact]
    public async Task Backup_PassphraseTooShortOrMissing_FailsBeforeAnythingIsWritten()
    {
        await using var portal = await MeasuredAsync(isRunning: true);

        Assert.Equal(1, (await _bench.BackUpAsync(null, _bench.Passphrase("eleven char"))).ExitCode);
        Assert.Equal(1, (await _bench.BackUpAsync(null, "--passphrase-file", "/not/there")).ExitCode);

        Assert.Empty(_bench.Files);
    }

    [Fact]
    public async Task Restore_WrongPassphrase_LeavesNothing()
    {
        await using var portal = await MeasuredAsync(isRunning: true);
        var file = (await _bench.BackUpAsync(null, _bench.Passphrase("lamp river cheese anvil"))).Output.Trim();

        var wrong = await _bench.RestoreAsync(file, _bench.Passphrase("lamp river cheese hammer"));
        var none = await _bench.RestoreAsync(file);

        Assert.Equal((1, 1), (wrong.ExitCode, none.ExitCode));
        Assert.Contains("passphrase is wrong", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("is encrypted", none.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bench.Restored));
    }

    [Fact]
    public async Task Restore_ABitFlipped_LeavesNothing()
    {
        await using var portal = await MeasuredAsync(isRunning: true);
        var file = await BackedUpAsync();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 3] ^= 0x10;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        var run = await _bench.RestoreAsync(file);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is damaged", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bench.Restored));
    }

    [Fact]
    public async Task Restore_ToARunningPortal_Refuses()
    {
        await using var portal = await MeasuredAsync(isRunning: true);
        var file = await BackedUpAsync();
        var before = portal!.Database.Everything();

        var run = await CommandRun.OfAsync("restore", file, "--to", _bench.Data);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is using", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, portal.Database.Everything());
    }

    [Fact]
    public async Task Restore_ToADirectoryThatHoldsAnything_RefusesAndTouchesNothing()
    {
        await using var portal = await MeasuredAsync(isRunning: true);
        var file = await BackedUpAsync();
        using var other = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(other.Path, "letter.txt"), "mine", TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync("restore", file, "--to", other.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("letter.txt", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(other.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Restore_OfAStoppedPortalsDirectory_Refuses()
    {
        await using (await MeasuredAsync(isRunning: true))
        {
        }

        var file = await BackedUpAsync();

        var run = await CommandRun.OfAsync("restore", file, "--to", _bench.Data);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not empty", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_OfANewerVersion_NamesWhatThisOneDoesNotKnow()
    {
        await using (await MeasuredAsync(isRunning: true))
        {
        }

        new PortalDatabase(_bench.Data).Execute(
            "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29991231235959_FromTheFuture', '99.0')");
        var file = await BackedUpAsync();

        var run = await _bench.RestoreAsync(file);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("29991231235959_FromTheFuture", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bench.Restored));
    }

    [Fact]
    public async Task Restore_ToAnEmptyDirectory_UsesIt()
    {
        await using var portal = await MeasuredAsync(isRunning: true);
        var file = await BackedUpAsync();
        Directory.CreateDirectory(_bench.Restored);

        Assert.Equal(0, (await _bench.RestoreAsync(file)).ExitCode);
    }

    [Fact]
    public async Task Restore_FileThatIsNotThere_Fails()
    {
        Assert.Equal(1, (await _bench.RestoreAsync("/not/there.tar.gz")).ExitCode);

        Assert.False(Directory.Exists(_bench.Restored));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("restore", "file")]
    public async Task Command_WithoutItsPlace_IsWrongUsage(params string[] args) =>
        Assert.Equal(2, (await CommandRun.OfAsync(args)).ExitCode);

    public void Dispose() => _bench.Dispose();

    /// <summary>Everything; of a running portal what it does not change by itself.</summary>
    private static IReadOnlyList<string> Held(string data, bool isRunning)
    {
        var database = new PortalDatabase(data);
        return isRunning
            ? [.. new[] { "reading", "message", "logger", "series", "audit_entry", "user" }.SelectMany(t => database.Lines($"SELECT * FROM \"{t}\""))]
            : database.Everything();
    }

    private async Task<PortalUnderTest?> MeasuredAsync(bool isRunning)
    {
        var portal = await _bench.StartAsync();
        await BackupBench.MeasureAsync(portal);
        if (isRunning)
        {
            return portal;
        }

        await portal.DisposeAsync();
        return null;
    }

    private async Task<string> BackedUpAsync()
    {
        var run = await _bench.BackUpAsync();
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output.Trim();
    }
}
