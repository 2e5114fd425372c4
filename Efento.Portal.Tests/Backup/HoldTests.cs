using Efento.Portal.Access;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Outgoing;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Backup;

/// <summary>A restored or copied portal sends nothing before somebody says so, and knows nobody's session.</summary>
public sealed class HoldTests : IAsyncLifetime
{
    private readonly BackupBench _bench = new();
    private readonly TemporaryDirectory _copy = new();
    private FeedReceiver _receiver = null!;

    private static PortalStart Start => new() { Settings = FeedBench.Settings() };

    public async ValueTask InitializeAsync() => _receiver = await FeedReceiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _copy.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [InlineData(HoldReason.Copied)]
    [InlineData(HoldReason.Restored)]
    public async Task Start_RestoredOrCopied_SendsNothingUntilSomebodySaysSend(HoldReason reason)
    {
        var data = await WaitingAsync(reason);
        await using var portal = await _bench.StartAsync(data, Start);

        var held = await portal.Get<HoldService>().ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((reason, 1, 1L), (held!.Reason, held.Waiting.Messages, held.Waiting.Feeds));
        Assert.Empty(_receiver.Values);
        Assert.Equal("1", StateOfDelivery(portal));
        Assert.Contains("Nothing is sent", await portal.HealthAsync(), StringComparison.Ordinal);

        Assert.Equal(0, (await HeldAsync("send", data)).ExitCode);

        await portal.AllSentAsync();
        Assert.Equal([21.5], _receiver.Values);
        await Until.TrueAsync(() => StateOfDelivery(portal) != "1");
        Assert.Null(await portal.Get<HoldService>().ReadAsync(TestContext.Current.CancellationToken));
        Assert.Contains("held messages sent", Audited(portal));
    }

    [Fact]
    public async Task Drop_WhatWaited_IsNeverSent_AndWhatComesLaterIs()
    {
        var data = await WaitingAsync(HoldReason.Copied);
        await using var portal = await _bench.StartAsync(data, Start);

        Assert.Equal(0, (await HeldAsync("drop", data)).ExitCode);
        await portal.StoreAsync(Some.Record(Some.Serial(), Some.Now(), 7));

        await portal.AllSentAsync();
        Assert.Equal([7], _receiver.Values);
        Assert.Equal("5|9", portal.Database.Lines("SELECT state, end FROM delivery").Single());
        Assert.Contains("held messages dropped", Audited(portal));
        Assert.Contains("feed reset", Audited(portal));
    }

    [Fact]
    public async Task Drop_WithoutARunningPortal_DoesTheSame()
    {
        var data = await WaitingAsync(HoldReason.Copied);

        Assert.Equal(0, (await HeldAsync("drop", data)).ExitCode);

        Assert.Equal("5|9", new PortalDatabase(data).Lines("SELECT state, end FROM delivery").Single());
        await using var portal = await _bench.StartAsync(data, Start);
        Assert.Null(portal.Get<SendHold>().Held);
    }

    [Fact]
    public async Task Start_Copied_EndsEverySession()
    {
        var data = await WaitingAsync(HoldReason.Copied);
        Assert.Equal(1, new PortalDatabase(data).Scalar<long>("SELECT count(*) FROM session WHERE ended_utc IS NULL"));

        await using var portal = await _bench.StartAsync(data, Start);

        Assert.Equal(0, portal.Database.Scalar<long>("SELECT count(*) FROM session WHERE ended_utc IS NULL"));
        Assert.Contains("portal copied", Audited(portal));
    }

    [Fact]
    public async Task Start_AgainOrMoved_HoldsNothingAndKeepsSessions()
    {
        await using (var portal = await _bench.StartAsync())
        {
            (await PeopleClient.SignedInAsync(portal)).Dispose();
        }

        await using (var again = await _bench.StartAsync())
        {
            Assert.Null(again.Get<SendHold>().Held);
        }

        var moved = Path.Combine(_copy.Path, "moved");
        Directory.CreateDirectory(moved);
        foreach (var path in Directory.EnumerateFileSystemEntries(_bench.Data))
        {
            Directory.Move(path, Path.Combine(moved, Path.GetFileName(path)));
        }

        await using var there = await _bench.StartAsync(moved);
        Assert.Null(there.Get<SendHold>().Held);
        Assert.Equal(1, there.Database.Scalar<long>("SELECT count(*) FROM session WHERE ended_utc IS NULL"));
    }

    [Fact]
    public async Task Hold_PortalStartedAgainBeforeAnybodySaidAnything_Stays()
    {
        var data = await WaitingAsync(HoldReason.Restored);
        await (await _bench.StartAsync(data, Start)).DisposeAsync();

        await using var portal = await _bench.StartAsync(data, Start);

        Assert.Equal(HoldReason.Restored, portal.Get<SendHold>().Held?.Reason);
        Assert.Equal(1, portal.Database.Scalar<long>("SELECT count(*) FROM audit_entry WHERE action = 'portal restored'"));
    }

    [Fact]
    public async Task Show_TokenRevokedAfterTheBackup_IsListed()
    {
        string file;
        await using (var portal = await _bench.StartAsync())
        {
            await portal.Get<TokenIssuer>().AddGatewayTokenAsync(Actor.Command, "of the stolen gateway", "stolen");
            file = (await _bench.BackUpAsync()).Output.Trim();
            Assert.Empty(await portal.Get<TokenIssuer>().RevokeGatewayTokenAsync(Actor.Command, 2, null, "stolen"));
        }

        Assert.Equal(0, (await _bench.RestoreAsync(file)).ExitCode);
        await using var restored = await _bench.StartAsync(_bench.Restored);

        Assert.Contains("of the stolen gateway", (await HeldAsync("show", _bench.Restored)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_NothingIsHeld_SaysSo()
    {
        await using var portal = await _bench.StartAsync();

        Assert.Equal(0, (await HeldAsync("show", _bench.Data)).ExitCode);
        Assert.Equal(1, (await HeldAsync("send", _bench.Data)).ExitCode);
        Assert.Equal(1, (await HeldAsync("drop", _bench.Data)).ExitCode);
    }

    private static Task<CommandRun> HeldAsync(string what, string data) =>
        CommandRun.OfAsync("held", what, "--data-directory", data);

    private static string StateOfDelivery(PortalUnderTest portal) => portal.Database.Lines("SELECT state FROM delivery").Single();

    private static IReadOnlyList<string> Audited(PortalUnderTest portal) => portal.Database.Lines("SELECT action FROM audit_entry");

    /// <summary>
    /// A portal with somebody signed in, a reading that its feed could not send, and a message to be sent, in another directory.
    /// </summary>
    private async Task<string> WaitingAsync(HoldReason reason)
    {
        PortalUnderTest portal;
        _receiver.Status = 503;
        await using (portal = await _bench.StartAsync(start: Start))
        {
            await portal.ImportAsync(_receiver);
            (await PeopleClient.SignedInAsync(portal)).Dispose();
            await portal.StoreAsync(Some.Record(Some.Serial(), Some.Now()));
            await Until.TrueAsync(() => _receiver.Requests.Count > 0);
        }

        portal.Deliver(1, "hook", null, 1, Some.Now());
        _receiver.Status = 204;
        if (reason is HoldReason.Restored)
        {
            var passphrase = _bench.Passphrase("lamp river cheese anvil");
            var file = (await _bench.BackUpAsync(null, passphrase)).Output.Trim();
            Assert.Equal(0, (await _bench.RestoreAsync(file, passphrase)).ExitCode);
            return _bench.Restored;
        }

        await Commands.RunAsync("cp", "-a", $"{_bench.Data}/.", _copy.Path);
        return _copy.Path;
    }
}
