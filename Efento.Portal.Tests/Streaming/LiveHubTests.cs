using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Efento.Portal.Access;
using Efento.Portal.Measurements;
using Efento.Portal.Streaming;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Tests.Streaming;

/// <summary>The live hub as programs, people and screens hear it: two wards, of which most may see the first alone.</summary>
public sealed partial class LiveHubTests : IAsyncLifetime
{
    private const int Ended = 5;
    private TwoWards _wards = null!;

    public async ValueTask InitializeAsync() => _wards = await TwoWards.StartAsync();

    public ValueTask DisposeAsync() => _wards.DisposeAsync();

    [Fact]
    public async Task Connect_WithAToken_TellsEveryPointAndThenWhatChanges()
    {
        await using var client = await ProgramAsync(PortalUnderTest.ApiToken);

        Assert.Equal(["Cellar hidden", "Fridge hidden", "Fridge seen"], client.Names);

        await MeasureAsync(_wards.Hidden, 7.5);

        await Until.TrueAsync(() => client.ValueOf(_wards.Hidden) is 7.5);
        Assert.Equal(["snapshot", "change"], client.Heard.Take(2));
    }

    [Fact]
    public async Task Point_Told_CarriesWhatTellsItsState()
    {
        await using var client = await ProgramAsync(PortalUnderTest.ApiToken);

        var point = client.Find(_wards.Seen)!;

        Assert.Equal(("Hospital › Ward 1", null, false), (point.Location, point.Lasting, point.InMaintenance));
        Assert.True(point.MeasuredAt < point.DueAt && point.DueAt < point.LateAt && point.LateAt < point.SilentAt);
        Assert.Equal(("temperature", "°C", "VALID"), (point.Values[0].Type, point.Values[0].Unit, point.Values[0].Status));
    }

    [Fact]
    public async Task Connect_AsABoard_TellsTilesInItsLanguageAndUnits()
    {
        var view = new LiveView("pl", new Units(TemperatureUnit.Fahrenheit, default));
        await using var board = await LiveClient.ConnectAsync(
            _wards.Portal.Address, view.Address(LiveHub.Path), PortalUnderTest.ApiToken);

        var tile = board.Find(_wards.Seen)!.Tile!;

        Assert.Equal(("Hospital › Ward 1", null, false), (tile.Where, tile.State, tile.HasRemark));
        Assert.Equal([new LiveTileValue("Temperatura", null, "70,7", "°F", null, false, null, tile.Values[0].Ems)], tile.Values);
    }

    [Fact]
    public async Task Connect_AsABoard_TellsASensorErrorWithTheLastValue()
    {
        await using var board = await LiveClient.ConnectAsync(
            _wards.Portal.Address, new LiveView("en", default).Address(LiveHub.Path), PortalUnderTest.ApiToken);
        var before = board.Find(_wards.Seen)!.Tile!;

        Assert.Equal(
            201,
            (await _wards.Portal.Client.MeasureAsync(
                Some.Body(Some.Record(_wards.Seen, Some.Now().AddSeconds(1), null, Some.Param(0, "NO_VALUE"))))).Status);

        await Until.TrueAsync(() => board.Find(_wards.Seen)!.Tile!.State == "error");
        var tile = board.Find(_wards.Seen)!.Tile!;
        Assert.True(tile.HasRemark);
        Assert.Equal([before.Values[0] with { Remark = "sensor error", LeftBehindAt = before.MeasuredAt }], tile.Values);
    }

    [Fact]
    public async Task Connect_AsAProgram_TellsTheFieldsOfTheContract()
    {
        await using var client = await ProgramAsync(PortalUnderTest.ApiToken);

        using var told = JsonDocument.Parse(client.Find(_wards.Seen)!.ToJson());

        Assert.Equal(
            [
                "serial", "pointId", "name", "location", "place", "lasting", "inMaintenance", "clockAhead", "batteryLow", "measuredAt",
                "dueAt", "lateAt", "silentAt", "values", "lastValues",
            ],
            told.RootElement.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Connect_Limited_HearsOfItsOwnLocationsAlone()
    {
        await using var limited = await ProgramAsync(_wards.Token);
        await using var all = await ProgramAsync(PortalUnderTest.ApiToken);
        Assert.Equal(["Fridge seen"], limited.Names);

        await MeasureAsync(_wards.Hidden, 7.5);
        await all.UntilHeardAsync("change");
        await MeasureAsync(_wards.Seen, 8.5);

        await Until.TrueAsync(() => limited.ValueOf(_wards.Seen) is 8.5);
        Assert.Equal(["Fridge seen"], limited.Names);
        Assert.Single(limited.Heard, heard => heard == "change");
    }

    [Fact]
    public async Task Point_MovedIntoAnotherWard_IsTakenAway()
    {
        await using var limited = await ProgramAsync(_wards.Token);

        await _wards.PlaceAsync(_wards.Seen, _wards.OtherWard, "Fridge hidden now");

        await Until.TrueAsync(() => limited.Names.Count == 0);
    }

    [Fact]
    public async Task Limit_ChangedMeanwhile_ShowsWhatIsSeenNow()
    {
        using var nurse = await _wards.SignInAsync();
        await using var client = await LiveClient.ConnectAsync(_wards.Portal.Address, LiveHub.Path, cookies: nurse.Cookies);
        Assert.Equal(["Fridge seen"], client.Names);

        await _wards.LimitAsync(new LocationLimit([_wards.OtherWard]));

        await client.UntilHeardAsync("snapshot", times: 2);
        Assert.Equal(["Fridge hidden"], client.Names);
    }

    [Fact]
    public async Task Token_Revoked_EndsTheConnectionWithinSeconds()
    {
        var token = await _wards.Portal.Get<TokenIssuer>().IssueApiTokenAsync("board", ApiScopes.MeasurementsRead);
        await using var client = await ProgramAsync(token);
        var id = (
            await _wards.Portal.Get<TokenIssuer>().ListApiTokensAsync(TestContext.Current.CancellationToken)).Single(t =>
                t.Name == "board").Id;

        await _wards.Portal.Get<TokenIssuer>().RevokeApiTokenAsync(id);

        await client.UntilHeardAsync("ended");
        await client.Closed.WaitAsync(TimeSpan.FromSeconds(Ended), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Session_Ended_EndsTheConnectionWithinSeconds()
    {
        using var nurse = await _wards.SignInAsync();
        await using var client = await LiveClient.ConnectAsync(_wards.Portal.Address, LiveHub.Path, cookies: nurse.Cookies);
        var session = (await _wards.Portal.Get<PeopleQuery>().SessionsAsync((await _wards.SeeUserAsync()).Id)).Single().Id;

        Assert.True(
            await _wards.Portal.Get<SignInService>().EndAsync(
                Actor.Command, session, "session revoked", TestContext.Current.CancellationToken));

        await client.UntilHeardAsync("ended");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(ApiScopes.GatewaysRead, HttpStatusCode.Forbidden)]
    public async Task Connect_WithoutTheRight_IsRefused(string? scope, HttpStatusCode expected)
    {
        var token = scope is null ? null : await _wards.Portal.Get<TokenIssuer>().IssueApiTokenAsync("other", scope);

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => ProgramAsync(token));

        Assert.Equal(expected, fault.StatusCode);
    }

    [Theory]
    [InlineData("http://elsewhere.test", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task Connect_FromAPageOfAnotherSite_IsRefused(string? origin, HttpStatusCode expected)
    {
        using var http = new HttpClient { BaseAddress = _wards.Portal.Address };
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{LiveHub.Path[1..]}/negotiate?negotiateVersion=1&access_token={PortalUnderTest.ApiToken}");
        request.Headers.Add("Origin", origin ?? _wards.Portal.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public void Board_OnWhichNothingHappens_HearsTwoPingsBeforeItCallsThePortalSilent()
    {
        var tick = TimeSpan.FromSeconds(1);
        var ping = _wards.Portal.Get<IOptions<HubOptions<LiveHub>>>().Value.KeepAliveInterval!.Value + tick;
        var written = SilenceMs().Match(RepositoryFiles.TextOf("wwwroot-assets/src/wall/feed.ts")).Groups[1].Value;
        var silence = int.Parse(written.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

        Assert.True(2 * ping <= TimeSpan.FromMilliseconds(silence));
    }

    [Fact]
    public async Task Listeners_OfOneScope_ShareAGroupThatGoesWithTheLast()
    {
        var groups = _wards.Portal.Get<LiveGroups>();
        await using (await ProgramAsync(_wards.Token))
        await using (await ProgramAsync(_wards.Token))
        await using (await ProgramAsync(PortalUnderTest.ApiToken))
        {
            Assert.Equal(2, groups.Count);
        }

        await Until.TrueAsync(() => groups.Count == 0);
    }

    private Task<LiveClient> ProgramAsync(string? token) => LiveClient.ConnectAsync(_wards.Portal.Address, LiveHub.Path, token);

    private async Task MeasureAsync(string serial, double value) =>
        Assert.Equal(
            201, (await _wards.Portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now().AddSeconds(1), value)))).Status);

    [GeneratedRegex("^const silenceMs = ([0-9_]+);", RegexOptions.Multiline)]
    private static partial Regex SilenceMs();
}
