using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Layout;
using Efento.Portal.Components.Pages.Admin.Screens;
using Efento.Portal.Components.Pages.Admin.Settings;
using Efento.Portal.Components.Pages.Admin.Tokens;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Components.People;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class SettingsPageTests : PortalPageContext
{
    private static Actor Bert { get; } = new(ActorKind.Person, "bert@portal.test");

    private SiteSettings Changing => Portal.Get<SiteSettings>();

    private Site Site => Portal.Get<PeopleDirectory>().Site!;

    [Fact]
    public async Task Site_Saved_IsSaidAndShownInOpenPages()
    {
        var name = Render<SiteName>();
        var page = Render<SettingsPage>();

        await page.ChangeAsync("#site", "Cold store");
        await page.ChangeAsync("#zone", "Europe/Warsaw");
        await page.SubmitAsync("form");

        Assert.Equal("Saved.", page.Find("[role=status]").TextContent.Trim());
        Assert.Equal(("Cold store", "Europe/Warsaw"), (Site.Name, Site.TimeZone));
        name.WaitForAssertion(() => Assert.Equal("Cold store", name.Markup.Trim()));
    }

    [Fact]
    public async Task Site_ChangedByAnother_IsShownAtOnce()
    {
        var page = Render<SettingsPage>();

        await RenameAsync("Cold store");

        page.WaitForAssertion(() => Assert.Equal("Cold store", page.Find("#site").GetAttribute("value")));
    }

    [Fact]
    public async Task Site_ChangedByAnotherWhileWriting_KeepsWhatIsWrittenAndTells()
    {
        var page = Render<SettingsPage>();
        await page.ChangeAsync("#site", "Pharmacy");
        await RenameAsync("Cold store");

        await page.SubmitAsync("form");

        Assert.Contains("It is now: Cold store,", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Pharmacy", page.Find("#site").GetAttribute("value"));
        Assert.Equal("Cold store", Site.Name);

        await page.SubmitAsync("form");

        Assert.Equal("Pharmacy", Site.Name);
    }

    [Fact]
    public async Task SiteZone_Changed_IsToldToThoseWhoUseIt()
    {
        await Portal.Get<OwnPreferences>().ChangeAsync(1, before => before with { TimeZone = Preferences.SiteZone });
        var told = 0;
        var view = Services.GetRequiredService<ViewPreferences>();
        Assert.Equal(Site.TimeZone, view.TimeZone);
        view.Changed += () => told++;

        await Changing.ChangeAsync(Bert, SiteFacts.Of(Site), SiteFacts.Of(Site) with { TimeZone = "Asia/Tokyo" });

        Assert.Equal((1, "Asia/Tokyo"), (told, view.TimeZone));
    }

    [Fact]
    public void Auditor_SeesAndChangesNothing()
    {
        Person.SetPolicies(Policies.View, Policies.Inspect);

        var page = Render<SettingsPage>();

        Assert.Contains(Site.Name, page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input, select, button, a"));
    }

    [Fact]
    public async Task Address_Saved_BeginsLinks()
    {
        var page = Render<AddressCard>();

        await page.InputAsync("#address", "https://portal.example.com/");
        await page.SubmitAsync("form");

        Assert.Equal("https://portal.example.com/", Services.GetRequiredService<PageLinks>().To(""));
        Assert.Equal("https://portal.example.com", page.Find("#address").GetAttribute("value"));
    }

    [Fact]
    public async Task Address_ThatIsNone_IsRefusedAndHasNoTest()
    {
        var page = Render<AddressCard>();

        await page.InputAsync("#address", "https://portal.example.com/path");
        await page.SubmitAsync("form");

        Assert.Contains("without a path", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".test-link"));
        Assert.Null(Site.PublicAddress);
    }

    [Fact]
    public async Task Test_WhoseVisitArrives_SaysThatTheAddressWorks()
    {
        var page = Render<AddressCard>();
        await page.InputAsync("#address", "https://portal.example.com");
        var link = page.Find(".test-link").GetAttribute("href")!;
        Assert.StartsWith("https://portal.example.com/address-check/", link, StringComparison.Ordinal);
        await page.ClickAsync(".test-link");
        Assert.Contains("Waiting for the visit.", page.Find(".test [role=status]").TextContent, StringComparison.Ordinal);

        Assert.True(Visit(link, "https://portal.example.com"));

        page.WaitForAssertion(
            () => Assert.Contains("leads to this portal (tested", page.Find(".test .well").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://portal.example.com")]
    [InlineData("https://10.0.0.5:5443")]
    public async Task Test_WhoseVisitArrivesUnderAnotherName_Warns(string origin)
    {
        var page = Render<AddressCard>();
        await page.InputAsync("#address", "https://portal.example.com");

        Visit(page.Find(".test-link").GetAttribute("href")!, origin);

        page.WaitForAssertion(() => Assert.Contains(origin, page.Find(".test [role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Test_OfTheAddressBefore_SaysNothingOfTheNext()
    {
        var page = Render<AddressCard>();
        await page.InputAsync("#address", "https://portal.example.com");
        var link = page.Find(".test-link").GetAttribute("href")!;
        await page.ClickAsync(".test-link");
        await page.InputAsync("#address", "https://other.example.com");

        Assert.False(Visit(link, "https://portal.example.com"));

        Assert.Empty(page.FindAll(".test .well, .test [role=alert]"));
    }

    private bool Visit(string link, string origin) => Portal.Get<AddressChecks>().Visit(link.Split('/')[^1], origin);

    private Task RenameAsync(string name) =>
        Changing.ChangeAsync(Bert, SiteFacts.Of(Site), SiteFacts.Of(Site) with { Name = name });
}

public sealed class FixedAddressTests : PortalPageContext
{
    protected override Dictionary<string, string> Settings => new() { ["Portal:PublicAddress"] = "https://portal.example.com" };

    [Fact]
    public void Address_OfTheSettings_IsShownAsFixedAndCanBeTested()
    {
        var page = Render<AddressCard>();

        Assert.Equal("https://portal.example.com", page.Find(".fixed").TextContent);
        Assert.Contains("Portal:PublicAddress", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input"));
        Assert.Single(page.FindAll(".test-link"));
    }

    [Fact]
    public void Gateway_IsToldToSendThere()
    {
        var page = Render<GatewaySettings>();

        Assert.Equal(["portal.example.com", "443"], page.FindAll("portal-copy").Take(2).Select(copy => copy.GetAttribute("text")));
        Assert.Contains("TLS (encryption) On", OneLine(page.Find("dl")), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".warning"));
    }

    [Fact]
    public async Task Screen_GetsALinkThere()
    {
        var dialogs = Render<MudDialogProvider>();
        var page = Render<ScreensPage>();
        await page.PressAsync(p => p.FindAll("button").Single(b => OneLine(b) == "Create link for a screen"));
        await dialogs.InputAsync("input", "Corridor");

        await dialogs.ClickAsync(p => p.FindAll("button").Single(b => OneLine(b) == "Create link"));

        page.WaitForAssertion(
            () => Assert.StartsWith("https://portal.example.com/wall/", page.Find(".made portal-copy").GetAttribute("text")));
    }

    [Fact]
    public async Task Program_IsShownARequestThere()
    {
        var issued = (await Portal.Get<TokenIssuer>().IssueApiTokenAsync(
            Actor.Portal, new ApiTokenDraft { Name = "Report", Scopes = [ApiScopes.MeasurementsRead] })).Issued!;

        var page = Render<IssuedProgram>(its => its.Add(p => p.Issued, issued));

        Assert.Equal(
            $"curl -H \"Authorization: Bearer {issued.Text}\" https://portal.example.com/api/v1/loggers",
            page.FindAll("portal-copy")[1].GetAttribute("text"));
    }

    private static string OneLine(AngleSharp.Dom.IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
