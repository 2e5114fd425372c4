using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Tokens;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class TokensPageTests : PortalPageContext
{
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;

    [Fact]
    public void Page_Tokens_AreListedWithTheirUse()
    {
        var page = Show();

        var cells = page.FindAll("tbody tr").Single().QuerySelectorAll("td").Select(Words).ToList();
        Assert.Equal(["Set-up no. 1", "Valid", "Never used", "0", "X-Api-Token"], cells[..5]);
    }

    [Fact]
    public async Task Page_AMessage_ShowsWhoUsedTheTokenFromWhere()
    {
        await BeatAsync("282C00000001");

        var page = Show();

        Assert.EndsWith("from 127.0.0.1", Words(page.FindAll("td.used > span")[0]), StringComparison.Ordinal);
        Assert.Equal("by 282C00000001", Words(page.FindAll("td.used > span")[1]));
        Assert.Equal("1", Words(page.Find("td.number")));
    }

    [Fact]
    public async Task Issue_WithAName_ShowsEveryFieldOnceAndWaitsForTheFirstMessage()
    {
        var page = Show();
        await OpenAsync(page, "Issue a gateway token");
        await _dialogs.InputAsync("input", "Ward 2");
        await SubmitAsync("Issue the token");

        page.WaitForAssertion(() => Assert.Contains("Waiting for the first message", page.Find(".issued").TextContent));
        var fields = page.FindAll(".issued portal-copy").Select(c => c.GetAttribute("text")!).ToList();
        Assert.Equal(["192.0.2.17", "80", "/api/v4/measurements", "/api/v4/gateways/heartbeat"], fields[..4]);
        using var gateway = new PortalClient(Portal.Address, fields[4]);
        Assert.Equal(201, (await gateway.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Now), Some.Record(Some.Serial(), Now)))).Status);

        page.WaitForAssertion(() => Assert.Contains("2 records", page.Find(".received").TextContent));
        await page.PressAsync(p => p.FindAll(".issued button").Last());
        Assert.DoesNotContain(fields[4], page.Markup);
    }

    [Fact]
    public async Task Issue_WithoutAName_SaysWhatIsWrong()
    {
        var page = Show();
        await OpenAsync(page, "Issue a gateway token");

        await SubmitAsync("Issue the token");

        _dialogs.WaitForAssertion(() => Assert.Contains("1 to 100 characters", _dialogs.Find("[role=alert]").TextContent));
        Assert.Single(await Portal.Get<TokenIssuer>().ListGatewayTokensAsync());
    }

    [Fact]
    public async Task Issue_WithHeadersThatAreTooLong_IsRefusedAsAtTheFields()
    {
        var page = Show();
        await OpenAsync(page, "Issue a gateway token");
        await _dialogs.InputAsync(p => Field(p, "Name"), new string('n', 101));
        await _dialogs.ClickAsync(p => p.FindAll("button").Single(b => b.TextContent.Trim() == "Add a header"));
        await _dialogs.InputAsync(p => Field(p, "Header name"), new string('h', 101));
        await _dialogs.InputAsync(p => Field(p, "Value"), new string('v', 257));
        Assert.Equal(
            ["101 characters; 100 fit.", "101 characters; 100 fit.", "257 characters; 256 fit."],
            _dialogs.FindAll(".mud-input-helper-text.mud-input-error").Select(Words));

        await SubmitAsync("Issue the token");

        _dialogs.WaitForAssertion(() => Assert.Equal(
            ["Name: 101 characters; 100 fit.", "Header name: 101 characters; 100 fit.", "Value: 257 characters; 256 fit."],
            _dialogs.FindAll(".refused .mud-alert-message").Select(Words)));
        Assert.Single(await Portal.Get<TokenIssuer>().ListGatewayTokensAsync());
    }

    [Fact]
    public async Task Issue_ByWhoeverIsNoAdministratorAnyMore_IsRefused()
    {
        var page = Show();
        await OpenAsync(page, "Issue a gateway token");
        await _dialogs.InputAsync("input", "Ward 2");
        Person.SetPolicies(Policies.View);

        await SubmitAsync("Issue the token");

        _dialogs.WaitForAssertion(() => Assert.Contains("Your role does not allow this", _dialogs.Find("[role=alert]").TextContent));
        Assert.Single(await Portal.Get<TokenIssuer>().ListGatewayTokensAsync());
    }

    [Fact]
    public void Page_OfAnAuditor_HasNoActions()
    {
        Person.SetPolicies(Policies.View, Policies.Inspect);

        var page = Show();

        Assert.NotEmpty(page.FindAll("tbody tr"));
        Assert.Empty(page.FindAll("button"));
    }

    [Fact]
    public async Task Edit_AfterSomebodyElse_IsToldAndOverwritesNothing()
    {
        var page = Show();
        await page.PressAsync(p => p.Find("button[aria-label='Change Set-up']"));
        _dialogs.WaitForAssertion(() => Assert.NotNull(_dialogs.Find("input")));
        await Portal.Get<TokenIssuer>().EditGatewayTokenAsync(Actor.Portal, 1, 0, new() { Name = "Pharmacy" });
        await _dialogs.InputAsync("input", "Ward 2");

        await SubmitAsync("Save");

        _dialogs.WaitForAssertion(() => Assert.Contains("Somebody else changed this token", _dialogs.Find("[role=alert]").TextContent));
        Assert.Equal("Pharmacy", (await Portal.Get<TokenIssuer>().ListGatewayTokensAsync()).Single().Name);
        page.WaitForAssertion(() => Assert.Contains("Pharmacy", page.Find("td.name").TextContent));
    }

    [Fact]
    public async Task Revoke_WithoutAReason_IsNotDone()
    {
        var page = Show();
        await page.PressAsync(p => p.Find("button[aria-label='Revoke Set-up']"));

        await SubmitAsync("Revoke");
        _dialogs.WaitForAssertion(() => Assert.Contains("Say why", _dialogs.Find("[role=alert]").TextContent));
        Assert.Null((await Portal.Get<TokenIssuer>().ListGatewayTokensAsync()).Single().RevokedUtc);

        await _dialogs.ChangeAsync("input", "stolen");
        await SubmitAsync("Revoke");
        page.WaitForAssertion(() => Assert.Contains("Show 1 no longer valid", page.Markup));
        Assert.Equal(401, (await Portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task Rotate_OfATokenWithAnEnd_SaysThatTheNewOneHasNone()
    {
        Assert.Empty(
            await Portal.Get<TokenIssuer>().EditGatewayTokenAsync(
                Actor.Portal, 1, 0, new() { Name = "Set-up", ExpiresUtc = Time.GetUtcNow().AddDays(3) }));
        var page = Show();

        await page.PressAsync(p => p.Find("button[aria-label='Replace Set-up']"));

        _dialogs.WaitForAssertion(() => Assert.Contains("The new one has no end", _dialogs.Markup));
    }

    [Fact]
    public async Task Rotate_ByDefault_LeavesTheOldOneAWeek()
    {
        var page = Show();
        await page.PressAsync(p => p.Find("button[aria-label='Replace Set-up']"));

        await SubmitAsync("Issue the new token");

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.Equal(Time.GetUtcNow().AddDays(7), (await Portal.Get<TokenIssuer>().ListGatewayTokensAsync())[0].ExpiresUtc);
        Assert.Contains("replaced by token 2", page.Find("td.state").TextContent);
    }

    [Fact]
    public async Task Rejected_FromAKnownGatewaysAddress_OffersItsTokenWithOneClick()
    {
        await BeatAsync("282C00000001");
        using var stranger = new PortalClient(Portal.Address, "wrong");
        await stranger.BeatAsync("{}");
        var page = Show();

        Assert.Contains("127.0.0.1 sends a token that was not issued here: refused once", Words(page.Find(".rejected li")));
        await OpenAsync(page, "This is 282C00000001: issue a token");
        await SubmitAsync("Issue the token");

        page.WaitForAssertion(() => Assert.NotNull(page.Find(".issued")));
        Assert.Equal(1, (await Portal.Get<TokenIssuer>().ListGatewayTokensAsync()).Last().GatewayId);
    }

    [Fact]
    public async Task Programs_Issue_ShowsTheTokenOnce()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/tokens?for=programs");
        var page = Show();
        await OpenAsync(page, "Issue an API token");
        await _dialogs.InputAsync("input", "Report");

        await SubmitAsync("Issue the token");

        page.WaitForAssertion(() => Assert.NotNull(page.Find(".issued")));
        var token = page.Find(".issued portal-copy").GetAttribute("text")!;
        Assert.Equal(ApiScopes.MeasurementsRead, Portal.Get<TokenDirectory>().FindApi(token)?.Scopes);
    }

    [Fact]
    public async Task Page_NothingArrives_AsksNothingForHours()
    {
        await BeatAsync("282C00000001");
        Show();
        var before = Queries.Count;

        Time.Advance(TimeSpan.FromHours(3));

        Assert.Empty(Queries.After(before));
    }

    private static string Words(AngleSharp.Dom.IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static AngleSharp.Dom.IElement Field(IRenderedComponent<MudDialogProvider> dialogs, string label) =>
        dialogs.Find($"#{dialogs.FindAll("label").First(l => Words(l).TrimEnd('*') == label).GetAttribute("for")}");

    private IRenderedComponent<TokensPage> Show()
    {
        Render<MudPopoverProvider>();
        _dialogs = Render<MudDialogProvider>();
        return Render<TokensPage>();
    }


    private async Task OpenAsync(IRenderedComponent<TokensPage> page, string button)
    {
        await page.PressAsync(p => p.FindAll("button").Single(b => b.TextContent.Trim() == button));
        _dialogs.WaitForAssertion(() => Assert.NotNull(_dialogs.Find("input")));
    }

    private async Task SubmitAsync(string button)
    {
        _dialogs.WaitForAssertion(() => Assert.Contains(_dialogs.FindAll("button"), b => b.TextContent.Trim() == button));
        await _dialogs.ClickAsync(p => p.FindAll("button").Single(b => b.TextContent.Trim() == button));
    }
}
