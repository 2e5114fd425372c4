using Efento.Portal.CommandLine;
using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>The command <c>outgoing</c> against a portal that runs.</summary>
public sealed class OutgoingCommandTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly string _serial = Some.Serial();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task List_SaysHowFarEachIs_AndWhatKeepsIt()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);
        receiver.Status = StatusCodes.Status503ServiceUnavailable;
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 1));
        await Until.TrueAsync(() => portal.Feed().Trouble is not null);

        var run = await RunAsync("list");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Matches(@"^KEY +CHANNEL +PLACE +SENT UP TO \(UTC\) +MESSAGES TO SEND +STATE", run.Output);
        Assert.Matches(@"\nerp +hook +\* +nothing +1 +The feed ""erp"" has not sent since .*503 Service Unavailable", run.Output);
    }

    [Fact]
    public async Task Reset_FromATime_SendsAgain()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 1));
        await portal.StoreAsync(Some.Record(_serial, Some.Now().AddMinutes(1), 2));
        await portal.AllSentAsync();

        var run = await RunAsync("reset", "erp", "--from", "2020-01-01");

        Assert.Equal(
            "The feed erp sends again what was received from 2020-01-01 00:00:00 UTC on; messages to send: 2.", run.Output.Trim());
        await Until.TrueAsync(() => receiver.Readings.Count == 4);
        await portal.AllSentAsync();
        Assert.Equal([1, 2, 1, 2], receiver.Values);
    }

    /// <summary>Neither is there without the other: who reset it, and that it was.</summary>
    [Fact]
    public async Task Reset_IsAudited_OrChangesNothing()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 1));
        await portal.AllSentAsync();
        var before = portal.Feed().Now;
        portal.Database.Execute("CREATE TRIGGER refuses BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no room'); END");

        Assert.NotEqual(ExitCodes.Success, (await RunAsync("reset", "erp", "--from", "2020-01-01")).ExitCode);
        Assert.Equal(before, portal.Feed().Now);

        portal.Database.Execute("DROP TRIGGER refuses");
        Assert.Equal(ExitCodes.Success, (await RunAsync("reset", "erp", "--from", "2020-01-01")).ExitCode);
        Assert.Matches(
            @"^feed erp\|sent up to .*Z\|what was received from 2020-01-01 00:00:00Z on$",
            Assert.Single(portal.Database.Lines("SELECT subject, old, new FROM audit_entry WHERE action = 'feed reset'")));
    }

    /// <summary>It neither waits for the next attempt nor sends what it was to skip.</summary>
    [Fact]
    public async Task Reset_WithoutATime_GoesOnWithWhatIsStoredFromNowOn()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);
        receiver.Status = StatusCodes.Status503ServiceUnavailable;
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 1));
        await Until.TrueAsync(() => portal.Feed().Trouble is not null);
        receiver.Status = StatusCodes.Status204NoContent;

        Assert.Equal(ExitCodes.Success, (await RunAsync("reset", "erp")).ExitCode);
        await portal.StoreAsync(Some.Record(_serial, Some.Now().AddMinutes(1), 2));
        await portal.AllSentAsync();

        Assert.Equal([2], receiver.Values);
        Assert.Null(portal.Feed().Trouble);
    }

    [Theory]
    [InlineData("There is no feed \"lab\"", "reset", "lab")]
    [InlineData("\"soon\" is no time", "reset", "erp", "--from", "soon")]
    public async Task Reset_OfNoFeedOrTime_ChangesNothing(string why, params string[] args)
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);

        var run = await RunAsync(args);

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains(why, run.Errors);
        Assert.Equal(0, portal.Feed().Now.Resets);
    }

    [Fact]
    public async Task List_NoPortalRuns_ReadsTheData()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using (await StartAsync(receiver))
        {
        }

        var run = await RunAsync("list");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("No portal runs", run.Errors);
    }

    private async Task<PortalUnderTest> StartAsync(FeedReceiver receiver)
    {
        var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path, Settings = FeedBench.Settings() });
        await portal.ImportAsync(receiver);
        return portal;
    }

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.OfAsync(["outgoing", .. args, "--data-directory", _data.Path]);
}
