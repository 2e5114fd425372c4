using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

/// <summary>The way of an auditor: look for a change, take the table away, see that the chain is whole.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class AuditTests(Chromium chromium)
{
    [Fact]
    public async Task Page_FilterThenDownload_GivesWhatIsShown()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        foreach (var subject in (string[])["gateway token 3 Ward 2", "gateway token 4 Ward 3"])
        {
            await portal.Get<WriteGate>().WriteAsync(db => portal.Get<AuditTrail>().AddAsync(
                db,
                new Actor(ActorKind.Person, "anna@portal.test", "192.0.2.7"),
                new AuditNote("gateway token revoked", subject, "valid", "revoked", "stolen")));
        }

        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await browser.GoAsync("admin/audit");
        await browser.UntilAsync("!!document.querySelector('.chain.whole')");

        await browser.Page.GetByLabel("Search").FillAsync("ward 3");
        await browser.Page.GetByLabel("Search").PressAsync("Enter");
        await browser.UntilAsync("document.querySelectorAll('.trail tbody tr').length === 1");
        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.ClickAsync("a[download]"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);

        Assert.Equal(2, lines.Length);
        Assert.Contains("gateway token 4 Ward 3", lines[1], StringComparison.Ordinal);
        Assert.Equal(1, portal.Database.Scalar<long>("SELECT count(*) FROM audit_entry WHERE action = 'exported'"));
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task SignOut_FromTheMenu_EndsTheSession()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await browser.GoAsync("gateways");

        await browser.Page.ClickAsync(".account button");
        await browser.Page.ClickAsync(".account-out button");

        // The open page learns of it as well, and may be first to leave.
        await browser.AddressAsync("**/sign-in**");

        Assert.Equal(0, portal.Database.Scalar<long>("SELECT count(*) FROM session WHERE ended_utc IS NULL"));
        Assert.Empty(browser.Faults);
    }
}
