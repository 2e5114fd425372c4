using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program, killed between a commit and its rollup.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class RollupCrashTests
{
    private const string Hours =
        "SELECT series_id, hour, count, min, max, sum, first_at, last_at FROM rollup_hour ORDER BY 1, 2";

    private const string Counted =
        """
        SELECT series_id, measured_at / 3600000, count(*), min(value), max(value), sum(value), min(measured_at), max(measured_at)
        FROM reading GROUP BY 1, 2 ORDER BY 1, 2
        """;

    private const string Days = "SELECT series_id, day, count, min, max FROM rollup_day ORDER BY 1, 2";

    private const string CountedDays = "SELECT series_id, measured_at / 86400000, count(*), min(value), max(value) FROM reading GROUP BY 1, 2 ORDER BY 1, 2";

    private readonly DateTimeOffset _yesterday = Some.Now().AddDays(-1);
    private readonly string _serial = Some.Serial();

    [Fact]
    public async Task Process_KilledBetweenCommitAndRollup_LeavesNothingStale()
    {
        using var data = new TemporaryDirectory();
        var database = new PortalDatabase(data.Path);
        await using (var portal = await PortalProcess.StartAsync(data.Path))
        {
            await SendAsync(portal, 0, 100);
            await UntilRolledAsync(database);
            await SendAsync(portal, 100, 200);
            await portal.KillAsync();
        }

        await using var again = await PortalUnderTest.StartAsync(new() { DataDirectory = data.Path });
        await UntilRolledAsync(database);
    }

    private static Task UntilRolledAsync(PortalDatabase database) => Until.TrueAsync(
        () => database.Lines(Counted).SequenceEqual(database.Lines(Hours))
            && database.Lines(CountedDays).SequenceEqual(database.Lines(Days)),
        TimeSpan.FromSeconds(60));

    private async Task SendAsync(PortalProcess portal, int first, int end)
    {
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        var records = Enumerable.Range(first, end - first).Select(i => Some.Record(_serial, _yesterday.AddMinutes(-i), i));
        Assert.Equal(201, (await client.MeasureAsync(Some.Body(records))).Status);
    }
}
