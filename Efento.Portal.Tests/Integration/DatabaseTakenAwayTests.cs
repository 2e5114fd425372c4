using System.Runtime.Versioning;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>A portal whose database is taken away under it: nothing more is said to be stored, and what was is saved.</summary>
[Trait(Category.Name, Category.Fault)]
[SupportedOSPlatform("linux")]
public sealed class DatabaseTakenAwayTests : IDisposable
{
    private const string Ready = "/health/ready";

    private readonly TemporaryDirectory _parent = new();
    private readonly string _serial = Some.Serial();

    public enum Deed
    {
        DatabaseRemoved,
        DatabaseMoved,
        DatabaseReplaced,
        LogRemoved,
        SharedMemoryRemoved,
        DirectoryMoved,
        DirectoryRemoved,
    }

    private string Data => Path.Combine(_parent.Path, "data");

    private string Database => Path.Combine(Data, "portal.db");

    [Theory]
    [InlineData(Deed.DatabaseRemoved)]
    [InlineData(Deed.DatabaseMoved)]
    [InlineData(Deed.DatabaseReplaced)]
    [InlineData(Deed.LogRemoved)]
    [InlineData(Deed.SharedMemoryRemoved)]
    [InlineData(Deed.DirectoryMoved)]
    [InlineData(Deed.DirectoryRemoved)]
    public async Task Files_TakenAway_AreNoticedWithoutAMessageAndWhatWasStoredIsSaved(Deed deed)
    {
        await using var portal = await StartAsync();
        Assert.Equal(201, (await MeasureAsync(portal)).Status);

        await DoAsync(deed);
        await Until.TrueAsync(async () => (await portal.Client.GetAsync(Ready)).Status == 503);
        await Until.TrueAsync(() => Copies().Length == 1);

        Assert.Contains("until the portal is restarted", (await portal.Client.GetAsync(Ready)).Body, StringComparison.Ordinal);
        Assert.Equal(503, (await MeasureAsync(portal)).Status);
        var copy = Assert.Single(Copies());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        Assert.Equal(1, CountIn(copy));
    }

    [Fact]
    public async Task Process_KilledAfterItsDatabaseWasMoved_LeavesTheSavedCopyWhole()
    {
        await using var portal = await PortalProcess.StartAsync(Data, workingDirectory: _parent.Path);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(_serial, Some.Now())))).Status);

        await DoAsync(Deed.DatabaseMoved);
        await Until.TrueAsync(() => Copies().Length == 1);
        Assert.Equal(503, (await client.GetAsync(Ready)).Status);
        await portal.KillAsync();

        Assert.Equal(1, CountIn(Assert.Single(Copies())));
    }

    [Fact]
    public async Task Database_PutBack_IsNotTrustedBeforeARestart()
    {
        await using var portal = await StartAsync();
        await DoAsync(Deed.DatabaseMoved);
        Assert.Equal(503, (await MeasureAsync(portal)).Status);

        File.Move($"{Database}.moved", Database);
        await Until.TrueAsync(() => Copies().Length == 1);

        Assert.Equal(503, (await MeasureAsync(portal)).Status);
        Assert.Equal(503, (await portal.Client.GetAsync(Ready)).Status);
    }

    [Fact]
    public async Task Start_WhereOnlyTheSavedCopyIs_IsRefusedUntilItIsInPlace()
    {
        await using (var portal = await StartAsync())
        {
            await MeasureAsync(portal);
            await DoAsync(Deed.DatabaseRemoved);
            await Until.TrueAsync(() => Copies().Length == 1);
        }

        var copy = Assert.Single(Copies());
        var refused = await RunAsync();
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(copy, refused.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Database));

        File.Move(copy, Database);
        await using var again = await StartAsync();
        Assert.Equal(1, CountIn(Database));
    }

    [Fact]
    public async Task Start_OnADatabaseThatLacksWhatWasSaved_IsRefusedUntilTheCopyIsAway()
    {
        await StartAndEndAsync();
        File.Copy(Database, $"{Database}.backup");
        await using (var portal = await StartAsync())
        {
            await MeasureAsync(portal);
            File.Move($"{Database}.backup", Database, overwrite: true);
            await Until.TrueAsync(() => Copies().Length == 1);
        }

        File.Delete($"{Database}-wal");
        File.Delete($"{Database}-shm");
        var copy = Assert.Single(Copies());
        var refused = await RunAsync();
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(copy, refused.Errors, StringComparison.Ordinal);

        File.Move(copy, Path.Combine(_parent.Path, "away.db"));
        await using var again = await StartAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_WithoutADatabaseWhereAPortalWasSetUp_IsRefusedInASentence(bool isEmptyFile)
    {
        await StartAndEndAsync();
        File.Delete(Database);
        if (isEmptyFile)
        {
            File.WriteAllText(Database, "");
        }

        var refused = await RunAsync();

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(
            Database, Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(isEmptyFile ? 0 : -1, new FileInfo(Database) is { Exists: true } file ? file.Length : -1);
    }

    [Fact]
    public async Task Start_OnADamagedDatabase_IsRefusedInASentenceThatSaysWhatToDo()
    {
        await StartAndEndAsync();
        var bytes = File.ReadAllBytes(Database);
        Array.Fill(bytes, (byte)0x5a, 100, 4000);
        File.WriteAllBytes(Database, bytes);

        var refused = await RunAsync();

        Assert.NotEqual(0, refused.ExitCode);
        var sentence = Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(Database, sentence, StringComparison.Ordinal);
        Assert.Contains("backup", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LockFile_Deleted_ASecondPortalIsRefusedAllTheSame()
    {
        await using var portal = await StartAsync();
        File.Delete(Path.Combine(Data, "portal.lock"));

        var second = await RunAsync();

        Assert.NotEqual(0, second.ExitCode);
        Assert.Contains("in use", second.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _parent.Dispose();

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { DataDirectory = Data });

    private Task<ProgramRun> RunAsync() => ProgramRun.OfAsync(_parent.Path, "--urls", "http://127.0.0.1:0", "--data-directory", Data);

    private async Task StartAndEndAsync()
    {
        await using var portal = await StartAsync();
    }

    private Task<PortalReply> MeasureAsync(PortalUnderTest portal) =>
        portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Some.Now())));

    private string[] Copies() => Directory.Exists(Data) ? Directory.GetFiles(Data, "portal-saved-*.db") : [];

    /// <summary>How many readings of the test a database holds.</summary>
    private long CountIn(string database)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM reading r JOIN series s ON s.id = r.series_id JOIN logger l ON l.id = s.logger_id WHERE l.serial = $serial";
        command.Parameters.AddWithValue("$serial", _serial);
        return (long)command.ExecuteScalar()!;
    }

    private async Task DoAsync(Deed deed)
    {
        switch (deed)
        {
            case Deed.DatabaseRemoved:
                File.Delete(Database);
                break;
            case Deed.DatabaseMoved:
                File.Move(Database, $"{Database}.moved");
                break;
            case Deed.DatabaseReplaced:
                // By another program: a process that closes a file gives up its own locks on it, which are the portal's.
                await Commands.RunAsync("cp", Database, $"{Database}.copy");
                File.Move($"{Database}.copy", Database, overwrite: true);
                break;
            case Deed.LogRemoved:
                File.Delete($"{Database}-wal");
                break;
            case Deed.SharedMemoryRemoved:
                File.Delete($"{Database}-shm");
                break;
            case Deed.DirectoryMoved:
                Directory.Move(Data, $"{Data}.moved");
                break;
            case Deed.DirectoryRemoved:
                Directory.Delete(Data, recursive: true);
                break;
        }
    }
}
