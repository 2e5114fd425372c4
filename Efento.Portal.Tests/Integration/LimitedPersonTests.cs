using System.Net;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Somebody limited to one ward, and a program that is, at every address.</summary>
public sealed class LimitedPersonTests : IAsyncLifetime
{
    private TwoWards _wards = null!;

    public async ValueTask InitializeAsync() => _wards = await TwoWards.StartAsync();

    public ValueTask DisposeAsync() => _wards.DisposeAsync();

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("gateways", HttpStatusCode.OK)]
    [InlineData("gateways/{seen}", HttpStatusCode.OK)]
    [InlineData("gateways/{hidden}", HttpStatusCode.OK)]
    [InlineData("loggers/{seen}", HttpStatusCode.Redirect)]
    [InlineData("loggers/{seen}?range=%C3%BC", HttpStatusCode.Redirect)]
    [InlineData("loggers/{hidden}", HttpStatusCode.OK)]
    [InlineData("loggers/{unplaced}", HttpStatusCode.OK)]
    [InlineData("points/{seen}", HttpStatusCode.OK)]
    [InlineData("points/{hidden}", HttpStatusCode.OK)]
    [InlineData("points/{unplaced}", HttpStatusCode.OK)]
    [InlineData("downloads/points/{hidden}/readings.csv?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z", HttpStatusCode.OK)]
    [InlineData("compare", HttpStatusCode.OK)]
    [InlineData("compare?points={seen},{hidden}", HttpStatusCode.OK)]
    [InlineData("downloads/compare.csv?points={seen},{hidden}&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z", HttpStatusCode.OK)]
    [InlineData("account", HttpStatusCode.OK)]
    [InlineData("admin/locations", HttpStatusCode.Redirect)]
    [InlineData("admin/loggers", HttpStatusCode.Redirect)]
    [InlineData("admin/quarantine", HttpStatusCode.Redirect)]
    [InlineData("admin/audit", HttpStatusCode.Redirect)]
    [InlineData("admin/users", HttpStatusCode.Redirect)]
    [InlineData("admin/tokens", HttpStatusCode.Redirect)]
    [InlineData("admin/maintenance", HttpStatusCode.Redirect)]
    [InlineData("downloads/gateways/1/bodies.json", HttpStatusCode.Redirect)]
    [InlineData("downloads/body-shapes.json", HttpStatusCode.Redirect)]
    public async Task Page_Limited_TellsNothingOfAnotherWard(string path, HttpStatusCode expected)
    {
        using var nurse = await _wards.SignInAsync();

        using var answer = await nurse.GetAsync(await FillAsync(path));

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        Assert.DoesNotContain("hidden token", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fridge hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Cellar hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ward 2", text, StringComparison.Ordinal);
        Assert.DoesNotContain(TwoWards.HiddenGateway, text, StringComparison.Ordinal);
        Assert.Equal(path is "loggers/{hidden}", text.Contains(_wards.Hidden, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("loggers/{hidden}", "loggers/282C0BADBAD0", "has never been heard")]
    [InlineData("loggers/{unplaced}", "loggers/282C0BADBAD0", "has never been heard")]
    [InlineData("gateways/{hidden}", "gateways/999", "There is no such gateway")]
    [InlineData("points/{hidden}", "points/999", "There is no such measuring point")]
    [InlineData("points/{unplaced}", "points/999", "There is no such measuring point")]
    public async Task Page_NotSeen_IsTheSameAsOneThatNeverWas(string path, string never, string words)
    {
        using var nurse = await _wards.SignInAsync();
        using var hidden = await nurse.GetAsync(await FillAsync(path));
        using var unknown = await nurse.GetAsync(never);

        Assert.Equal(unknown.StatusCode, hidden.StatusCode);
        Assert.Contains(words, await hidden.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(words, await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_LimitedToAWard_CantBeGivenTheMaintenanceOfAll()
    {
        var draft = new ApiTokenDraft
        {
            Name = "Script",
            Scopes = [ApiScopes.MeasurementsRead, ApiScopes.MaintenanceWrite],
            Limit = new LocationLimit([_wards.Ward])
        };

        var refused = await _wards.Portal.Get<TokenIssuer>().IssueApiTokenAsync(Actor.Command, draft);
        var taken = await _wards.Portal.Get<TokenIssuer>().IssueApiTokenAsync(Actor.Command, draft with { Limit = null });

        Assert.Equal(new AccessFault(AccessFaultKind.TokenScopeOfSite, ApiScopes.MaintenanceWrite), Assert.Single(refused.Faults));
        Assert.Empty(taken.Faults);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Token_LimitedToAWardByAnOlderVersion_TurnsNoMaintenanceOn(string method)
    {
        var portal = _wards.Portal;
        await portal.Get<TokenIssuer>().AddApiTokenAsync(
            Actor.Command, "Script", ApiScopes.MaintenanceWrite, "script-of-ward-1", new LocationLimit([_wards.Ward]));
        using var script = new PeopleClient(portal.Address);

        using var answer = await script.SendAsync(
            method, "api/v1/maintenance", "script-of-ward-1", """{"on":true,"minutes":30,"reason":"ward 1"}""");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "concerns the whole site", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Null(portal.Get<Efento.Portal.Maintenance.MaintenanceMode>().Current);
    }

    [Fact]
    public async Task PointCsv_NotSeen_IsTheSameAsOfOneThatNeverWas()
    {
        using var nurse = await _wards.SignInAsync();

        var seen = await CsvAsync(nurse, await _wards.PointOfAsync(_wards.Seen));
        var hidden = await CsvAsync(nurse, await _wards.PointOfAsync(_wards.Hidden));

        Assert.Contains(_wards.Seen, seen, StringComparison.Ordinal);
        Assert.Equal("Measuring point,Measured,UTC offset,Remarks,Logger,Received,UTC offset,Late\r\n", hidden);
        Assert.Equal(await CsvAsync(nurse, 999), hidden);
    }

    [Fact]
    public async Task Page_LimitLifted_ShowsEverything()
    {
        using var nurse = await _wards.SignInAsync();
        Assert.Equal(UserChange.Done, await _wards.LimitAsync(null));

        using var answer = await nurse.GetAsync($"points/{await _wards.PointOfAsync(_wards.Hidden)}");

        Assert.Contains(
            "Fridge hidden", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/v1/loggers")]
    [InlineData("api/v1/loggers?held=true")]
    [InlineData("api/v1/arrivals")]
    [InlineData("api/v1/gateways")]
    public async Task List_LimitedToken_TellsNothingOfAnotherWard(string path)
    {
        var reply = await _wards.Portal.AskAsync(path, _wards.Token);

        Assert.Equal((200, 1), (reply.Status, JsonElement.Parse(reply.Body).GetProperty("items").GetArrayLength()));
        Assert.Contains(_wards.Seen, reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(_wards.Hidden, reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(_wards.Unplaced, reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(TwoWards.HiddenGateway, reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readings_LimitedToken_AreFoundInTheWardAlone()
    {
        Assert.Equal(200, (await _wards.Portal.AskAsync($"api/v1/loggers/{_wards.Seen}/readings", _wards.Token)).Status);
        var hidden = await _wards.Portal.AskAsync($"api/v1/loggers/{_wards.Hidden}/readings", _wards.Token);
        var unknown = await _wards.Portal.AskAsync("api/v1/loggers/282C0BADBAD0/readings", _wards.Token);

        Assert.Equal((404, 404), (hidden.Status, unknown.Status));
        Assert.Equal(unknown.Body.Replace("282C0BADBAD0", _wards.Hidden, StringComparison.Ordinal), hidden.Body);
    }

    [Fact]
    public async Task Token_NotLimited_SeesEverything() =>
        Assert.Equal(3, JsonElement.Parse((await _wards.Portal.AskAsync("api/v1/loggers")).Body).GetProperty("items").GetArrayLength());

    [Fact]
    public async Task Token_LimitedToNoLocation_IsNotIssued()
    {
        var outcome = await _wards.Portal.Get<TokenIssuer>().IssueApiTokenAsync(
            Actor.Command, new ApiTokenDraft { Name = "nothing", Scopes = [ApiScopes.AllReads], Limit = LocationLimit.Nothing });

        Assert.Null(outcome.Issued);
    }

    [Fact]
    public async Task Limit_SetAndLifted_IsAuditedByName()
    {
        await _wards.LimitAsync(null);

        Assert.Equal(
            [$"{TwoWards.Email}|sees everything|sees Ward 1|test", $"{TwoWards.Email}|sees Ward 1|sees everything|test"],
            _wards.Portal.Database.Lines(
                "SELECT subject, old, new, reason FROM audit_entry WHERE action = 'locations changed' ORDER BY id"));
    }

    [Fact]
    public async Task Limit_ChangedMeanwhile_IsToldAndOverwritesNothing()
    {
        var seen = await _wards.SeeUserAsync();
        await _wards.LimitAsync(new LocationLimit([_wards.OtherWard]));

        Assert.Equal(
            UserChange.ChangedMeanwhile, await _wards.Portal.Get<UserChanges>().SetLocationsAsync(Actor.Command, seen, null, "test"));
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Auditor)]
    public async Task Role_OfSomebodyLimited_DoesNotBecomeOneThatSeesEverything(Role role)
    {
        var changes = _wards.Portal.Get<UserChanges>();

        Assert.Equal(UserChange.SeesEverything, await changes.SetRoleAsync(Actor.Command, await _wards.SeeUserAsync(), role, "test"));
        await _wards.LimitAsync(null);
        Assert.Equal(UserChange.Done, await changes.SetRoleAsync(Actor.Command, await _wards.SeeUserAsync(), role, "test"));
        Assert.Equal(UserChange.SeesEverything, await _wards.LimitAsync(new LocationLimit([_wards.Ward])));
    }

    [Fact]
    public async Task Limit_LocationGone_IsRefused()
    {
        Assert.Equal(UserChange.LocationsGone, await _wards.LimitAsync(new LocationLimit([99])));
        Assert.Equal(UserChange.LocationsGone, await _wards.LimitAsync(LocationLimit.Nothing));
    }

    [Fact]
    public async Task Invitation_Limited_MakesALimitedAccount()
    {
        var link = await _wards.Portal.Get<Invitations>().InviteAsync(
            Actor.Command, "new@portal.test", Role.Operator, new LocationLimit([_wards.Ward]));
        using var somebody = new PeopleClient(_wards.Portal.Address);
        using var accepted = await somebody.AcceptAsync(link.Code!, "lamp river cheese anvil");

        using var answer = await somebody.GetAsync($"loggers/{_wards.Hidden}");

        Assert.Contains(
            "has never been heard", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_OfAnAdministrator_CannotBeLimited() =>
        Assert.NotNull(
            (
                await _wards.Portal.Get<Invitations>().InviteAsync(
                    Actor.Command, "new@portal.test", Role.Administrator, new LocationLimit([_wards.Ward]))).Fault);

    private static async Task<string> CsvAsync(PeopleClient nurse, int point)
    {
        using var answer = await nurse.GetAsync(PointCsv.Address(point, DateTimeOffset.UnixEpoch, Some.Now().AddDays(1)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> FillAsync(string path)
    {
        if (path.Contains("points/", StringComparison.Ordinal) || path.Contains("points=", StringComparison.Ordinal))
        {
            return path.Replace("{seen}", $"{await _wards.PointOfAsync(_wards.Seen)}", StringComparison.Ordinal)
                .Replace("{hidden}", $"{await _wards.PointOfAsync(_wards.Hidden)}", StringComparison.Ordinal)
                .Replace("{unplaced}", $"{await _wards.PointOfAsync(_wards.Unplaced)}", StringComparison.Ordinal);
        }

        var gateways = await _wards.Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything);
        int Id(string serial) => gateways.Single(g => g.Serial == serial).Id;
        return path.StartsWith("gateways", StringComparison.Ordinal)
            ? path.Replace("{seen}", $"{Id(TwoWards.SeenGateway)}", StringComparison.Ordinal).Replace(
                "{hidden}", $"{Id(TwoWards.HiddenGateway)}", StringComparison.Ordinal)
            : path.Replace("{seen}", _wards.Seen, StringComparison.Ordinal)
                .Replace("{hidden}", _wards.Hidden, StringComparison.Ordinal)
                .Replace("{unplaced}", _wards.Unplaced, StringComparison.Ordinal);
    }
}
