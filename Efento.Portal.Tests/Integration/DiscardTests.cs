using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What nobody can use is thrown away, or taken out as a file; the audit trail knows of both.</summary>
public sealed class DiscardTests
{
    [Fact]
    public async Task Item_Discarded_IsGoneWithItsRoomAndAudited()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync("rubbish");
        await portal.Client.MeasureAsync("rubbish");
        var key = Assert.Single(await portal.KeysAsync());

        Assert.Equal(1, await portal.DiscardAsync(key));

        Assert.Empty(portal.Quarantined());
        Assert.Equal(0, portal.Get<QuarantineIntake>().Bytes);
        Assert.Equal(
            [$"admin@portal.test|quarantine discarded|quarantine item {key.Id}|NotJson 1: item {key.Id}, came 2 times, SHA-256 {key.Hash}||test data"],
            portal.QuarantineAudit());
    }

    [Fact]
    public async Task Items_Hundreds_AreDiscardedWithOneLineAndOneHash()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        foreach (var i in Enumerable.Range(0, 3))
        {
            await portal.Client.MeasureAsync(Some.Body(Enumerable.Range(0, 90).Select(n => $$"""{"serial":"{{i}}-{{n}}"}""")));
        }

        await portal.Client.MeasureAsync("rubbish");

        Assert.Equal(271, await portal.DiscardAsync([.. await portal.KeysAsync()]));

        Assert.Equal(0, portal.Get<QuarantineIntake>().Bytes);
        Assert.Matches(
            @"^admin@portal\.test\|quarantine discarded\|271 quarantine items\|NotJson 1, NoTime 270: items 1 to 271, SHA-256 of their hashes [0-9A-F]{64}\|\|test data$",
            Assert.Single(portal.QuarantineAudit()));
    }

    [Fact]
    public async Task Item_DiscardedByTwo_IsToldToTheSecond()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync("rubbish");
        var key = Assert.Single(await portal.KeysAsync());

        var discarded = await Task.WhenAll(portal.DiscardAsync(key), portal.DiscardAsync(key));

        Assert.Equal([0, 1], discarded.Order());
        Assert.Single(portal.QuarantineAudit());
        Assert.Equal(0, portal.Get<QuarantineIntake>().Bytes);
    }

    [Fact]
    public async Task Item_ThatBecameAnother_IsNotDiscarded()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync("rubbish");
        var key = Assert.Single(await portal.KeysAsync());

        Assert.Equal(0, await portal.DiscardAsync(key with { Reason = RejectReason.NoTime }));

        Assert.Single(portal.Quarantined());
    }

    [Fact]
    public async Task Audit_Failing_DiscardsNothing()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync("rubbish");
        var key = Assert.Single(await portal.KeysAsync());
        portal.Database.Execute("CREATE TRIGGER fail BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'fails'); END");
        var bytes = portal.Get<QuarantineIntake>().Bytes;

        await Assert.ThrowsAnyAsync<Exception>(() => portal.DiscardAsync(key));

        Assert.Single(portal.Quarantined());
        Assert.Equal(bytes, portal.Get<QuarantineIntake>().Bytes);
    }

    [Fact]
    public async Task Room_OfWhatWasDiscarded_IsThereForOthers()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:QuarantineBytes"] = "30" } });
        await portal.Client.MeasureAsync("first rubbish");
        Assert.Equal(503, (await portal.Client.MeasureAsync("something else that is none")).Status);

        await portal.DiscardAsync([.. await portal.KeysAsync()]);

        Assert.Equal(201, (await portal.Client.MeasureAsync("something else")).Status);
    }

    [Theory]
    [InlineData(Role.Administrator, HttpStatusCode.OK)]
    [InlineData(Role.Auditor, HttpStatusCode.OK)]
    [InlineData(Role.Operator, HttpStatusCode.Redirect)]
    [InlineData(Role.Viewer, HttpStatusCode.Redirect)]
    public async Task Download_ByRole_IsForThoseWhoInspect(Role role, HttpStatusCode expected)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync("rubbish");
        using var person = await PeopleClient.SignedInAsync(portal, role);

        using var answer = await person.GetAsync("downloads/quarantine/1");
        using var page = await person.GetAsync("admin/quarantine");

        Assert.Equal((expected, expected), (answer.StatusCode, page.StatusCode));
        Assert.Equal(expected is HttpStatusCode.OK ? 1 : 0, portal.QuarantineAudit().Count);
    }

    [Fact]
    public async Task Download_Hostile_IsTheVeryBytesAsAFile()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        byte[] hostile = [0xff, 0, .. "<script>alert(1)</script>"u8];
        await portal.Client.PostAsync(GatewayPaths.Measurements, hostile);
        using var person = await PeopleClient.SignedInAsync(portal);

        using var answer = await person.GetAsync("downloads/quarantine/1");

        Assert.Equal(hostile, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ("attachment", "quarantine-1.txt"),
            (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Download_OfNothing_IsNotFound()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var person = await PeopleClient.SignedInAsync(portal);

        using var answer = await person.GetAsync("downloads/quarantine/1");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Room_HalfAndFourFifthsFull_IsLoggedOnceEach()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = { ["Portal:Ingest:QuarantineBytes"] = "1000", ["Portal:Ingest:QuarantineBytesPerToken"] = "2000" } });
        for (var i = 0; portal.Get<QuarantineIntake>().Bytes < 900; i++)
        {
            Assert.Equal(201, (await portal.Client.MeasureAsync($"rubbish no. {i}")).Status);
        }

        Assert.Equal(
            ["50 %", "80 %"],
            portal.Log.Where(l => l.StartsWith("Warning: The quarantine is ", StringComparison.Ordinal)).Select(l => l[27..31]));
    }

    [Fact]
    public async Task Room_OfATokenHalfFull_IsLoggedWithTheToken()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = { ["Portal:Ingest:QuarantineBytesPerToken"] = "40" } });

        await portal.Client.MeasureAsync("rubbish of some length");

        Assert.Contains(portal.Log, l => l.StartsWith("Warning: The quarantine of gateway token 1 is 50 % full", StringComparison.Ordinal));
        var use = Assert.Single(await portal.Get<QuarantineQuery>().ReadWarningsAsync());
        Assert.Equal((1, 50), (use.TokenId, use.Mark));
        Assert.NotNull(use.TokenName);
    }
}
