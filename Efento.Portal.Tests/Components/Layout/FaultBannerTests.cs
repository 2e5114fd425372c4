using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Layout;
using Efento.Portal.Components.Pages.Admin.Maintenance;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Layout;

public sealed class FaultBannerTests : PortalPageContext
{
    [Fact]
    public void Faults_None_ShowsNothing() => Assert.Empty(Render<FaultBanner>().Markup.Trim());

    [Fact]
    public async Task Clock_IsBehind_IsSaidOnOpenPagesAndGoneOnceAccepted()
    {
        var banner = Render<FaultBanner>();
        var status = Render<SiteStatus>();
        await BeBehindAsync();

        banner.WaitForAssertion(() => Assert.Contains("Nothing new is stored", banner.Find("[role=alert]").TextContent));
        Assert.Contains("clock accept", banner.Find("[role=alert]").TextContent);
        status.WaitForAssertion(() => Assert.True(status.Find("portal-status").HasAttribute("refused")));

        await Portal.Get<ClockAcceptance>().AcceptAsync(Actor.Command);

        // Changes within a second are shown together.
        Time.Advance(TimeSpan.FromSeconds(2));
        banner.WaitForAssertion(() => Assert.Empty(banner.FindAll("[role=alert]")));
        status.WaitForAssertion(() => Assert.False(status.Find("portal-status").HasAttribute("refused")));
    }

    [Fact]
    public async Task Database_WasTakenAway_IsSaidWithTheRestartItNeeds()
    {
        var banner = Render<FaultBanner>();
        var directory = Path.GetDirectoryName(Portal.Database.Path)!;
        File.Move(Portal.Database.Path, Path.Combine(directory, "elsewhere.db"));

        // The portal looks every two seconds of the machine's time, and the page hears of it by the portal's.
        await Until.TrueAsync(() =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(250));
            return banner.FindAll("[role=alert]").Any(a => a.TextContent.Contains("portal-saved-", StringComparison.Ordinal));
        });
        Assert.Contains("until the portal is restarted", banner.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_IsBehindAndWhoLooksMayNotHelp_IsSaidWithoutTheWayOut()
    {
        await BeBehindAsync();
        Person.SetPolicies();

        var alert = Render<FaultBanner>().Find("[role=alert]").TextContent;

        Assert.Contains("Nothing new is stored", alert);
        Assert.DoesNotContain("clock accept", alert);
    }

    [Fact]
    public async Task MaintenancePage_ClockIsBehind_HasTheButton()
    {
        await BeBehindAsync();

        var page = Render<MaintenancePage>();

        page.WaitForAssertion(() => Assert.Contains("The clock is right now", page.Find(".accept-clock").TextContent));
    }

    [Fact]
    public async Task Messages_MayBeMissing_IsSaidUntilSomebodyConfirmsIt()
    {
        Portal.Database.Execute("INSERT INTO store_loss (newest_message, noted_message, noted_utc, found_utc) VALUES (0, 1, 0, 0)");
        await LoadLossesAsync();
        var banner = Render<FaultBanner>();
        var page = Render<MaintenancePage>();
        Assert.Contains("may be missing", banner.Find(".loss").TextContent);
        page.WaitForAssertion(() => Assert.Contains("may be missing", page.Find(".loss p").TextContent));

        await page.ClickAsync(".confirm-loss");

        banner.WaitForAssertion(() => Assert.Empty(banner.FindAll(".loss")));
        page.WaitForAssertion(() => Assert.Equal("It is confirmed.", page.Find(".loss .outcome span").TextContent.Trim()));
        await LoadLossesAsync();
        Assert.Empty(Portal.Get<StoreLosses>().Unseen);
    }

    private async Task LoadLossesAsync()
    {
        using var lease = await Portal.Get<WriteGate>().EnterAsync();
        await using var db = lease.CreateContext();
        Portal.Get<StoreLosses>().Load(db);
    }

    private async Task BeBehindAsync()
    {
        // Not before the day the program was built.
        Time.AdjustTime(Time.GetUtcNow().AddDays(1));
        await BeatAsync("6C024B000001");
        Time.AdjustTime(Time.GetUtcNow().AddMinutes(-10));
        await Portal.Get<ClockWatch>().LookAsync(CancellationToken.None);
        Time.Advance(TimeSpan.FromSeconds(2));
    }
}
