using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Components.Pages.Admin.Audit;
using Efento.Portal.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class AuditPageTests : PortalPageContext
{
    [Fact]
    public async Task Page_Entries_AreShownNewestFirst()
    {
        await AddAsync(new AuditNote("token revoked", "gateway token 3 Ward 2", "valid", "revoked", "lost laptop"));

        var cells = Show().FindAll(".trail tbody tr")[0].QuerySelectorAll("td").Select(Words).ToList();

        Assert.Equal(Time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss"), cells[1]);
        Assert.Equal(
            ["anna@portal.test from 192.0.2.7", "token revoked gateway token 3 Ward 2", "valid now revoked", "lost laptop"], cells[2..]);
    }

    [Fact]
    public async Task Page_FilterInTheAddress_IsApplied()
    {
        await AddAsync(new AuditNote("token revoked", "one"));
        await AddAsync(new AuditNote("token issued", "two"));

        var page = Show("?what=token%20issued");

        Assert.Equal("token issued two", Words(Assert.Single(page.FindAll(".trail .what"))));
        Assert.Equal("/downloads/audit.csv?action=token%20issued", page.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public void Page_NothingFits_SaysSo() =>
        Assert.Equal("No entries match the filter", Show("?text=no%20such%20text").Find("h2").TextContent);

    [Fact]
    public async Task Page_MoreThanAPage_LeadsToOlderOnes()
    {
        for (var i = 0; i < 60; i++)
        {
            await AddAsync(new AuditNote("counted", $"number {i}"));
        }

        var older = Show("?what=counted").Find(".pager a").GetAttribute("href")!;
        var page = Show(older[older.IndexOf('?', StringComparison.Ordinal)..]);

        Assert.Equal(10, page.FindAll(".trail tbody tr").Count);
        Assert.Equal("counted number 9", Words(page.Find(".trail .what")));
    }

    [Fact]
    public void Chain_Whole_TellsCountAndHead()
    {
        var page = Show();

        page.WaitForAssertion(
            () => Assert.Equal($"Verified {Portal.Database.Count("audit_entry")} entries.", Words(page.Find(".chain.whole strong"))));
        Assert.Equal(64, page.Find(".chain code").TextContent.Length);
    }

    [Fact]
    public void Chain_Broken_NamesTheEntry()
    {
        Portal.Database.Execute("DROP TRIGGER audit_entry_is_not_changed; UPDATE audit_entry SET subject = 'x' WHERE id = 1");

        var page = Show();

        page.WaitForAssertion(
            () => Assert.Contains("Entry 1 is not as it was written.", page.Find(".chain.broken[role=alert]").TextContent));
    }

    private IRenderedComponent<AuditPage> Show(string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/audit" + query);
        return Render<AuditPage>();
    }

    private Task AddAsync(AuditNote note) => Portal.Get<WriteGate>().WriteAsync(
        db => Portal.Get<AuditTrail>().AddAsync(db, new Actor(ActorKind.Person, "anna@portal.test", "192.0.2.7"), note));

    private static string Words(AngleSharp.Dom.INode node) =>
        string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
