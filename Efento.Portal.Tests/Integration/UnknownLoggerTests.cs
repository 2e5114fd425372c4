using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What happens with loggers the portal has never heard of.</summary>
public sealed class UnknownLoggerTests
{
    [Fact]
    public async Task Accept_UnknownLogger_IsStoredShownAndY()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var serial = Some.Serial();

        Assert.Equal("""{"Y":[1],"N":[]}""", (await SendAsync(portal, serial)).Body);
        Assert.Single(portal.ReadingsOf(serial));
        Assert.Equal($"1|{(int)LoggerApproval.Accepted}", Assert.Single(portal.Database.Lines("SELECT synchronise, approval FROM logger")));
    }

    [Fact]
    public async Task Hold_UnknownLogger_IsStoredHiddenAndY()
    {
        await using var portal = await StartAsync("Hold");
        var serial = Some.Serial();

        Assert.Equal("""{"Y":[1],"N":[]}""", (await SendAsync(portal, serial)).Body);
        Assert.Single(portal.ReadingsOf(serial));
        Assert.Equal($"1|{(int)LoggerApproval.Held}", Assert.Single(portal.Database.Lines("SELECT synchronise, approval FROM logger")));
        Assert.True(portal.Get<LoggerDirectory>().TryGet(serial, out var logger));
        Assert.Equal(LoggerApproval.Held, logger.Approval);
    }

    [Fact]
    public async Task Ignore_UnknownLogger_IsNotStoredButCountedAndN()
    {
        await using var portal = await StartAsync("Ignore");

        Assert.Equal("""{"Y":[],"N":[1]}""", (await SendAsync(portal, Some.Serial())).Body);
        Assert.All(
            (string[])["logger", "series", "reading", "quarantine_item", "measuring_point"], table =>
                Assert.Equal(0, portal.Database.Count(table)));
        Assert.Equal(
            "1|0|1|201", Assert.Single(portal.Database.Lines("SELECT records, new_readings, ignored_records, answer FROM message")));
    }

    [Fact]
    public async Task Ignore_KnownLogger_IsStoredAndY()
    {
        using var data = new TemporaryDirectory();
        var (known, unknown) = (Some.Serial(), Some.Serial());
        await using (var accepting = await PortalUnderTest.StartAsync(new() { DataDirectory = data.Path }))
        {
            await SendAsync(accepting, known);
        }

        await using var portal = await PortalUnderTest.StartAsync(
            new() { DataDirectory = data.Path, Settings = { ["Portal:Ingest:UnknownLoggers"] = "Ignore" } });
        var time = Some.Now().AddMinutes(-10);
        var reply = await portal.Client.MeasureAsync(
            Some.Body(Some.Record(known, time, 1, handle: 1), Some.Record(unknown, time, 2, handle: 2)));

        Assert.Equal("""{"Y":[1],"N":[2]}""", reply.Body);
        Assert.Equal(2, portal.ReadingsOf(known).Count);
        Assert.Empty(portal.ReadingsOf(unknown));
    }

    [Fact]
    public async Task NewLogger_GetsAMeasuringPointAssignedFromTheBeginningOfTime()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var serial = Some.Serial();

        await SendAsync(portal, serial);
        await SendAsync(portal, serial);

        Assert.Equal(
            [$"{serial}|{serial}|0|"],
            portal.Database.Lines(
                """
                SELECT l.serial, p.name, a.from_utc, a.until_utc
                FROM logger_assignment a JOIN logger l ON l.id = a.logger_id JOIN measuring_point p ON p.id = a.point_id
                """));
    }

    [Fact]
    public async Task NewLoggers_InOneMessage_EachGetTheirOwnPoint()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        string[] serials = [Some.Serial(), Some.Serial(), Some.Serial()];

        await portal.Client.MeasureAsync(Some.Body(serials.Select(s => Some.Record(s, Some.Now()))));

        Assert.Equal(
            serials.Order().Select(s => $"{s}|{s}"),
            portal.Database.Lines(
                "SELECT l.serial, p.name FROM logger_assignment a JOIN logger l ON l.id = a.logger_id JOIN measuring_point p ON p.id = a.point_id ORDER BY 1"));
    }

    private static Task<PortalUnderTest> StartAsync(string policy) =>
        PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:UnknownLoggers"] = policy } });

    private static Task<PortalReply> SendAsync(PortalUnderTest portal, string serial) =>
        portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), handle: 1)));
}
