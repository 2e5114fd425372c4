using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Layout;
using Efento.Portal.Components.Pages.Admin.Channels;
using Efento.Portal.Components.Pages.Admin.Deliveries;
using Efento.Portal.Components.Pages.Alarms;
using Efento.Portal.Data;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>The pages of channels and deliveries.</summary>
public sealed class ChannelPagesTests : PortalPageContext
{
    private const string Channels =
        """
        {"channels":[{"key":"mail","kind":"email","host":"mail.site.example","from":"portal@site.example"},
          {"key":"chat","kind":"slack","url":"https://hooks.slack.com/services/T0/B0/x"}]}
        """;

    [Fact]
    public void Channels_None_SaysTheNextStep()
    {
        var page = Render<ChannelsPage>();

        Assert.Equal("Nobody is told of alarms yet", page.Find(".empty h2").TextContent);
        Assert.Contains("no link to the alarm", page.Find(".no-link").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channels_Each_IsListedWithoutItsSecrets()
    {
        await Portal.TellAsync(Channels);

        var rows = Render<ChannelsPage>().FindAll("tbody tr");

        Assert.Equal(["chat", "mail"], rows.Select(r => r.QuerySelector("b")!.TextContent));
        Assert.Equal(["Slack", "E-mail · mail.site.example"], rows.Select(r => r.QuerySelector("td p")!.TextContent));
        Assert.All(rows, row => Assert.Contains("Not used yet", row.TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("hooks.slack.com", Render<ChannelsPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channels_ThatFails_SaysSinceWhenAndWhy_OnOpenPages_AndOnEveryPageOfAdministrators()
    {
        await Portal.TellAsync(Channels);
        var (page, banner) = (Render<ChannelsPage>(), Render<FaultBanner>());
        Assert.Empty(banner.Markup.Trim());

        for (var i = 0; i < ChannelRules.AlarmAfter; i++)
        {
            await AttemptAsync(RecordingSender.TryAgain);
        }

        await UntilShownAsync(() => page.Markup.Contains("Failing since", StringComparison.Ordinal));
        Assert.Contains("451 greylisted", page.Find(".answer q").TextContent, StringComparison.Ordinal);
        await UntilShownAsync(() => banner.Markup.Contains("through “mail”", StringComparison.Ordinal));
        Person.SetPolicies(Policies.View, Policies.Inspect);
        Assert.Empty(Render<FaultBanner>().Markup.Trim());

        Person.SetPolicies([.. Policies.Roles.Keys]);
        await AttemptAsync(RecordingSender.Accepted);
        await UntilShownAsync(() => page.Markup.Contains("Works", StringComparison.Ordinal));
        await UntilShownAsync(() => banner.Markup.Trim().Length == 0);
    }

    [Fact]
    public async Task Deliveries_AreListed_AndTheFilterIsPartOfTheAddress()
    {
        await RaiseAsync();
        Portal.Deliver(1, "mail", "anna@site.example", state: 4, Now);
        Portal.Deliver(1, "chat", null, state: 3, Now);

        var rows = Render<DeliveriesPage>().FindAll("tbody tr");
        Assert.Equal(["chat", "anna@site.example"], rows.Select(r => r.QuerySelector("b")!.TextContent));
        Assert.Contains("550 no such mailbox", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal([false, true], rows.Select(r => r.QuerySelector("button") is not null));

        Services.GetRequiredService<NavigationManager>().NavigateTo("admin/deliveries?state=failed&channel=mail&time=1d");
        Assert.Single(Render<DeliveriesPage>().FindAll("tbody tr"));
        Services.GetRequiredService<NavigationManager>().NavigateTo("admin/deliveries?channel=none");
        Assert.Equal("No delivery matches", Render<DeliveriesPage>().Find(".empty h2").TextContent);
    }

    [Fact]
    public async Task Deliveries_WhoseTimeHasNotCome_AreListedIfAskedFor()
    {
        await RaiseAsync();
        Portal.Deliver(1, "mail", "anna@site.example", state: 3, Now);
        Portal.Deliver(1, "mail", "bert@site.example", state: 1, Now.AddHours(1));

        Assert.Equal("anna@site.example", Assert.Single(Render<DeliveriesPage>().FindAll("tbody b")).TextContent);
        Services.GetRequiredService<NavigationManager>().NavigateTo("admin/deliveries?state=planned");
        Assert.Equal("bert@site.example", Assert.Single(Render<DeliveriesPage>().FindAll("tbody b")).TextContent);
    }

    [Fact]
    public async Task Deliveries_OfAChannelThatIsOff_SayWhatTheyWaitFor()
    {
        await RaiseAsync();
        Portal.Deliver(1, "mail", "anna@site.example", state: 1, Now);
        Portal.Get<ChannelBoard>().Put(new() { Key = "mail", OffUtc = Now, OffBy = "chief@site.example" });

        Assert.Equal("Waits: the channel is off", Render<DeliveriesPage>().Find("tbody .sign").TextContent.Trim());
    }

    [Fact]
    public async Task Deliveries_OfAnAuditor_OfferNoChange()
    {
        await RaiseAsync();
        Portal.Deliver(1, "mail", "anna@site.example", state: 4, Now);
        Person.SetPolicies(Policies.View, Policies.Inspect);

        Assert.Empty(Render<DeliveriesPage>().FindAll("tbody button"));
    }

    [Fact]
    public async Task Deliveries_MoreThanAPage_LeadToOlderOnes()
    {
        await RaiseAsync();
        for (var i = 0; i <= DeliveriesPage.PageSize; i++)
        {
            Portal.Deliver(1, "mail", $"person{i}@site.example", state: 3, Now);
        }

        var page = Render<DeliveriesPage>();
        Assert.Equal(DeliveriesPage.PageSize, page.FindAll("tbody tr").Count);
        Services.GetRequiredService<NavigationManager>().NavigateTo(page.Find(".pager a").GetAttribute("href")!);

        Assert.Equal("person0@site.example", Assert.Single(Render<DeliveriesPage>().FindAll("tbody tr b")).TextContent);
    }

    [Fact]
    public async Task Alarm_SaysWhoWasTold_OrThatNobodyWas()
    {
        await RaiseAsync();
        Assert.Empty(Render<AlarmDeliveries>(p => p.Add(a => a.AlarmId, 1)).Markup.Trim());

        await Portal.TellAsync(Channels);
        Assert.Contains("Nobody was told", Render<AlarmDeliveries>(p => p.Add(a => a.AlarmId, 1)).Markup, StringComparison.Ordinal);

        Portal.Deliver(1, "mail", "anna@site.example", state: 4, Now);
        var told = Render<AlarmDeliveries>(p => p.Add(a => a.AlarmId, 1));
        Assert.Equal(
            ["anna@site.example · mail", "New alarm", "Failed", "550 no such mailbox"],
            told.FindAll("tbody td").Where(td => td.QuerySelector("portal-time") is null).Select(td => td.TextContent.Trim()));
    }

    [Theory]
    [InlineData(ChannelKind.Email)]
    [InlineData(ChannelKind.Webhook)]
    [InlineData(ChannelKind.Ntfy)]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.Teams)]
    [InlineData(ChannelKind.Sms)]
    [InlineData(ChannelKind.Mqtt)]
    public void Form_OfEachKind_FillsWhatTheDocumentNeeds(ChannelKind kind)
    {
        ChannelForm form = new()
        {
            Key = "a",
            Kind = kind,
            Host = "mail.site.example",
            Port = "2525",
            From = kind is ChannelKind.Sms ? "Ward" : "portal@site.example",
            To = "+48600100200",
            Url = "https://site.example/hook",
            User = "portal",
            Topic = "site/portal",
        };
        form.Password.Text = form.SecretUrl.Text = "https://hooks.slack.com/services/T0/B0/x";
        form.Headers.Text = "X-Team: Cold chain\nX-Site: 1";

        List<NotificationFault> faults = [];
        var draft = new ChannelReader(_ => null, faults.Add).Read(form.Document(), "");

        Assert.Empty(faults);
        Assert.Equal(kind, draft!.Settings.Kind);
        Assert.Equal(kind is ChannelKind.Webhook or ChannelKind.Sms ? 2 : 0, draft.Settings.Headers.Count);
    }

    [Theory]
    [InlineData("no header")]
    [InlineData("X-A: 1\nX-A: 2")]
    [InlineData("Bad name: 1")]
    public void Form_WithWrongHeaders_IsToldSo(string headers)
    {
        ChannelForm form = new() { Key = "a", Kind = ChannelKind.Webhook, Url = "https://site.example/hook" };
        form.Headers.Text = headers;

        List<NotificationFault> faults = [];
        new ChannelReader(_ => null, faults.Add).Read(form.Document(), "");

        Assert.Equal([new NotificationFault(NotificationFaultKind.Headers, "headers")], faults);
    }

    private async Task AttemptAsync(SendResult result)
    {
        var notes = Portal.Get<HealthNotes>();
        await Portal.Get<WriteGate>().WriteAsync(
            db => notes.TakeAsync(db, "mail", result, CancellationToken.None), notes.Committed, CancellationToken.None);
    }

    private async Task RaiseAsync()
    {
        await Portal.RuleAsync(AlarmBench.Fridge());
        await MeasureAsync(Some.Record(Some.Serial(), Now, 11));
    }
}
