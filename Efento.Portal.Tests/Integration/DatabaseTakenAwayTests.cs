using System.Runtime.Versioning;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program whose database is taken away under it: nothing more is said to be stored, and what was is saved.</summary>
[Collection(FaultCollection.Name)]
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
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        Assert.Equal(201, (await MeasureAsync(client)).Status);

        Do(deed);
        await Until.TrueAsync(async () => (await client.GetAsync(Ready)).Status == 503, TimeSpan.FromSeconds(6));
        await Until.TrueAsync(() => Copies().Length == 1);

        Assert.Contains("until the portal is restarted", (await client.GetAsync(Ready)).Body, StringComparison.Ordinal);
        var refused = await MeasureAsync(client);
        Assert.Equal(503, refused.Status);
        await portal.KillAsync();
        var copy = Assert.Single(Copies());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        Assert.Equal(1, CountIn(copy));
    }

    [Fact]
    public async Task Database_PutBack_IsNotTrustedBeforeARestart()
    {
        await using var portal = await StartAsync();
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        Do(Deed.DatabaseMoved);
        Assert.Equal(503, (await MeasureAsync(client)).Status);

        File.Move($"{Database}.moved", Database);
        await Until.TrueAsync(() => Copies().Length == 1);

        Assert.Equal(503, (await MeasureAsync(client)).Status);
        Assert.Equal(503, (await client.GetAsync(Ready)).Status);
    }

    [Fact]
    public async Task Start_WhereOnlyTheSavedCopyIs_IsRefusedUntilItIsInPlace()
    {
        await using (var portal = await StartAsync())
        {
            using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
            await MeasureAsync(client);
            Do(Deed.DatabaseRemoved);
            await Until.TrueAsync(() => Copies().Length == 1);
            portal.Stop();
            await portal.WaitForExitAsync(TimeSpan.FromSeconds(10));
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
            using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
            await MeasureAsync(client);
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
        Assert.Contains(Database, Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
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

    private Task<PortalProcess> StartAsync() => PortalProcess.StartAsync(Data, workingDirectory: _parent.Path);

    private Task<ProgramRun> RunAsync() => ProgramRun.OfAsync(_parent.Path, "--urls", "http://127.0.0.1:0", "--data-directory", Data);

    private async Task StartAndEndAsync()
    {
        await using var portal = await StartAsync();
        portal.Stop();
        await portal.WaitForExitAsync(TimeSpan.FromSeconds(10));
    }

    private Task<PortalReply> MeasureAsync(PortalClient client) => client.MeasureAsync(Some.Body(Some.Record(_serial, Some.Now())));

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

    private void Do(Deed deed)
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
                File.Copy(Database, $"{Database}.copy");
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
