using System.Diagnostics;
using System.Runtime.Versioning;
using Efento.Portal.Data;
using Efento.Portal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Tests.Integration;

/// <summary>
/// A portal whose database lost its end while nothing ran: it is said, and never where nothing was lost. Only what is killed is a process.
/// </summary>
[Trait(Category.Name, Category.Fault)]
[SupportedOSPlatform("linux")]
public sealed class LostLogTests : IDisposable
{
    private const string Words = "may be missing";

    private readonly TemporaryDirectory _data = new();

    public enum Deed
    {
        Nothing,
        LogRemoved,
        LogCutInHalf,
        DatabaseReadByAnotherProgram,
        DatabaseUsedByACommand,
    }

    private string Note => Path.Combine(_data.Path, "portal.lock");

    private string Database => Path.Combine(_data.Path, "portal.db");

    [Theory]
    [InlineData(Deed.Nothing, false)]
    [InlineData(Deed.LogRemoved, true)]
    [InlineData(Deed.LogCutInHalf, true)]
    [InlineData(Deed.DatabaseReadByAnotherProgram, false)]
    [InlineData(Deed.DatabaseUsedByACommand, false)]
    public async Task Log_AfterAKill_IsSaidToBeLostIfItIs(Deed deed, bool isLost)
    {
        await StartAndEndAsync();
        await using (var killed = await PortalProcess.StartAsync(_data.Path))
        {
            using var client = new PortalClient(killed.Address, PortalUnderTest.GatewayToken);
            await MeasureAsync(client);
            await killed.KillAsync();
        }

        await DoAsync(deed);

        Assert.Equal(isLost, await IsSaidAsync());

        // Nobody has confirmed it, and the second start is after an end like any other.
        Assert.Equal(isLost, await IsSaidAsync());
    }

    [Fact]
    public async Task Database_AsItWasLeft_IsNotSaidToHaveLostAnything()
    {
        await using (var portal = await StartAsync())
        {
            await MeasureAsync(portal.Client);
        }

        Assert.False(File.Exists($"{Database}-wal"));
        Assert.False(await IsSaidAsync());
    }

    [Fact]
    public async Task Directory_OfAVersionThatNotedNothing_IsNotSaidToHaveLostAnything()
    {
        await StartAndEndAsync();
        File.WriteAllText(Note, "");

        Assert.False(await IsSaidAsync());
    }

    [Fact]
    public async Task Backup_PutInPlace_IsSaidToBeOlder()
    {
        await StartAndEndAsync();
        File.Copy(Database, $"{Database}.backup");
        await using (var portal = await StartAsync())
        {
            await MeasureAsync(portal.Client);
        }

        File.Move($"{Database}.backup", Database, overwrite: true);

        Assert.True(await IsSaidAsync());
    }

    public void Dispose() => _data.Dispose();

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path });

    private async Task StartAndEndAsync()
    {
        await using var portal = await StartAsync();
    }

    /// <summary>Measures and waits until it is noted how far the database has come.</summary>
    private async Task MeasureAsync(PortalClient client)
    {
        Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
        await Until.TrueAsync(async () => await NewestNotedAsync() > 0);
    }

    /// <summary>Read by another program, for .NET respects the lock of the portal.</summary>
    private async Task<long> NewestNotedAsync()
    {
        using var cat = Process.Start(new ProcessStartInfo("cat", [Note]) { RedirectStandardOutput = true })!;
        return EndNote.Parse(await cat.StandardOutput.ReadToEndAsync())?.NewestMessage ?? 0;
    }

    /// <summary>Whether log and health of the next start say once that messages may be missing; both or neither.</summary>
    private async Task<bool> IsSaidAsync()
    {
        await using var portal = await StartAsync();
        var health = await portal.Client.GetAsync("/health/ready");
        Assert.Equal(200, health.Status);
        var said = health.Body.Split(Words).Length - 1;
        Assert.InRange(said, 0, 1);
        Assert.Equal(said == 1, portal.Log.Any(line => line.Contains(Words, StringComparison.Ordinal)));
        Assert.Equal(said == 1, health.Body.Contains("Degraded", StringComparison.Ordinal));
        return said == 1;
    }

    private async Task DoAsync(Deed deed)
    {
        var log = new FileInfo($"{Database}-wal");
        Assert.True(log is { Exists: true, Length: > 0 });
        switch (deed)
        {
            case Deed.LogRemoved:
                log.Delete();
                break;
            case Deed.LogCutInHalf:
                using (var file = log.OpenWrite())
                {
                    file.SetLength(file.Length / 2);
                }

                break;
            case Deed.DatabaseReadByAnotherProgram:
                using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
                {
                    connection.Open();
                    using var command = connection.CreateCommand();
                    command.CommandText = "SELECT count(*) FROM message";
                    Assert.Equal(1L, command.ExecuteScalar());
                }

                Assert.False(File.Exists(log.FullName));
                break;
            case Deed.DatabaseUsedByACommand:
                Assert.Equal(0, (await ProgramRun.OfAsync(_data.Path, "tokens", "list", "--data-directory", _data.Path)).ExitCode);
                Assert.False(File.Exists(log.FullName));
                break;
            default:
                break;
        }
    }
}
