using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Components.Pages.Admin.Drills;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>The record of a drill: who was told, what their server answered, who has confirmed after how long.</summary>
public sealed class DrillPageTests : PortalPageContext
{
    /// <inheritdoc/>
    protected override Dictionary<string, string> Settings => new() { ["Portal:PublicAddress"] = "https://portal.example.com" };

    [Fact]
    public async Task Page_ShowsWhoHasConfirmed_AsItHappens()
    {
        await StartAsync();
        var page = Render<DrillPage>(p => p.Add(d => d.Id, 1));
        Assert.Contains("0 of 2 have confirmed", page.Markup);
        Assert.Contains("Chain ward", page.Markup);

        Time.Advance(TimeSpan.FromMinutes(3));
        await ConfirmAsync("anna@site.example");

        await UntilShownAsync(() => page.Markup.Contains("1 of 2 have confirmed", StringComparison.Ordinal));
        var anna = page.FindAll("tbody tr").Single(row => row.TextContent.Contains("anna@site.example", StringComparison.Ordinal));
        Assert.Contains("after 3 min", anna.TextContent);
        Assert.Contains("Not yet", page.FindAll("tbody tr")[1].TextContent);
    }

    [Fact]
    public async Task Page_OfADrillThatIsOver_SaysWhoEndedIt_AndWhoDidNotConfirm()
    {
        await StartAsync();
        await Portal.Get<DrillService>().EndAsync(new Actor(ActorKind.Person, "chief@site.example"), 1);

        var page = Render<DrillPage>(p => p.Add(d => d.Id, 1));

        Assert.Contains("The drill is over", page.Markup);
        Assert.Contains("chief@site.example", page.Markup);
        Assert.Contains("Not confirmed", page.Markup);
        Assert.DoesNotContain("End the drill", page.Markup);
    }

    [Fact]
    public void Page_OfNoDrill_SaysSo() =>
        Assert.Contains("There is no such drill", Render<DrillPage>(p => p.Add(d => d.Id, 7)).Markup);

    private async Task StartAsync()
    {
        var document = NotificationBench.NightAndDay.Replace(
            "bert.with.a.name.that.needs.much.room@department.of.the.hospital.example", "bert@site.example", StringComparison.Ordinal);
        await Portal.TellAsync(document.Replace(
            """[{"onDuty":"night"}]""",
            """[{"people":["anna@site.example"]},{"after":"5m","people":["bert@site.example"]}]""",
            StringComparison.Ordinal));
        var wish = new DrillWish("ward", AlarmLevel.Critical, null, IsAtOnce: false);
        Assert.Null((await Portal.Get<DrillService>().StartAsync(Actor.Command, wish)).Fault);
    }

    private async Task ConfirmAsync(string address)
    {
        var code = Portal.Get<DrillLinks>().CodeOf(new(1, Time.GetUtcNow(), new Target("mail", address)));
        Assert.Equal(DrillLinkState.Confirmed, (await Portal.Get<DrillAnswers>().ConfirmAsync(code, "127.0.0.1")).State);
    }
}
