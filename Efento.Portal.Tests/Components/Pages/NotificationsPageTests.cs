using Bunit;
using Efento.Portal.Components.Pages.Admin.Notifications;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Tests.Support;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>The page of those who are told: who is on duty, who would be told, and what is wrong with what was typed.</summary>
public sealed class NotificationsPageTests : PortalPageContext
{
    [Fact]
    public void Page_WithoutChannels_SaysTheNextStep() =>
        Assert.Contains("notifications import notifications.json", Render<NotificationsPage>().Markup);

    [Fact]
    public async Task Page_SaysWhoIsOnDutyNow_AndWhoIsNext()
    {
        await Portal.TellAsync(NotificationBench.NightAndDay);

        var table = Page().FindComponent<RotaTable>();

        Assert.Equal("anna@site.example", table.Find("td[data-label='On duty now'] b").TextContent);
        Assert.Contains("then bert.with.a.name", table.Markup);
    }

    [Fact]
    public async Task Preview_OfSundayNight_SaysWhoWouldBeTold()
    {
        await Portal.TellAsync(NotificationBench.NightAndDay);

        var calls = Page().FindComponent<PreviewCard>().FindAll(".calls li").Select(Plain).ToList();

        Assert.Equal(3, calls.Count);
        Assert.StartsWith("at once anna@site.example", calls[0]);
        Assert.StartsWith("after 10 min anna@site.example by mail · on duty by night", calls[1]);
        Assert.StartsWith("after 20 min hook", calls[2]);
    }

    [Fact]
    public async Task Preview_OfAWarningAtNight_SaysThatItWaits()
    {
        await Portal.TellAsync(NotificationBench.NightAndDay);
        var card = Page().FindComponent<PreviewCard>();

        await card.InvokeAsync(() => card.Instance.LevelChanged.InvokeAsync(Efento.Portal.Alarms.AlarmLevel.Warning));

        Assert.Contains("a warning waits until", Plain(card.Find(".calls li")));
    }

    [Fact]
    public async Task Dialog_SaysWhatIsWrong_AsTheDocumentDoes()
    {
        await Portal.TellAsync(NotificationBench.NightAndDay);
        var dialogs = Render<MudDialogProvider>();
        Render<MudPopoverProvider>();
        var table = Page().FindComponent<PersonTable>();
        var asked = dialogs.InvokeAsync(() => table.Instance.Change.InvokeAsync(table.Instance.People[0]));
        await Until.TrueAsync(() => dialogs.FindComponents<PersonDialog>().Count == 1);
        await FillAsync(dialogs, "Time zone", "Mars/Olympus");
        await FillAsync(dialogs, "Until", "22:00");

        await SaveAsync(dialogs);

        Assert.Contains("Time zone: There is no time zone \"Mars/Olympus\".", Plain(dialogs.Find(".refused")));
        Assert.Contains("Quiet hours: Quiet hours must not end when they begin.", Plain(dialogs.Find(".refused")));

        await FillAsync(dialogs, "Time zone", "");
        await FillAsync(dialogs, "Until", "07:00:00");
        await SaveAsync(dialogs);
        await asked;
        var anna = Portal.Get<NotificationDirectory>().Book.People["anna@site.example"];
        Assert.Equal((null, "22:00–07:00"), (anna.TimeZone, anna.Quiet!.ToString()));
    }

    /// <summary>Fields of browsers hand over seconds that nobody typed.</summary>
    [Theory]
    [InlineData("07:00:00", "07:00")]
    [InlineData("07:00", "07:00")]
    [InlineData("07:00:30", "07:00:30")]
    [InlineData(null, "")]
    public void Time_OfAField_IsTheTypedOne(string? field, string typed) =>
        Assert.Equal(typed, Efento.Portal.Notifications.Duty.DayTime.Typed(field));

    [Fact]
    public async Task Remove_APersonWhomAChainNames_IsRefused_AndChangesNothing()
    {
        await Portal.TellAsync(NotificationBench.NightAndDay);
        var edits = Portal.Get<NotificationEdits>();
        var anna = (await edits.ReadAsync()).People.Single(p => p.Name == "anna@site.example");

        var outcome = await edits.RemoveAsync(Efento.Portal.Access.Actor.Command, EntryKind.Person, anna);

        Assert.Equal(["A chain, a rota or the daily mail still names it. Change that first."], EditWords.Of(outcome));
        Assert.Contains("anna@site.example", Portal.Get<NotificationDirectory>().Book.People.Keys);
    }

    [Fact]
    public async Task Change_OfWhatSomebodyElseChanged_IsToldSo()
    {
        await Portal.TellAsync(NotificationBench.NightAndDay);
        var edits = Portal.Get<NotificationEdits>();
        var seen = (await edits.ReadAsync()).Chains.Single(c => c.Name == "ward");
        var wanted = new NotificationEntry(seen.Json.DeepClone().AsObject());
        wanted.Json["repeat"] = "15m";
        Assert.True((await edits.SaveAsync(Efento.Portal.Access.Actor.Command, EntryKind.Chain, seen, wanted)).IsDone);

        Assert.True((await edits.SaveAsync(Efento.Portal.Access.Actor.Command, EntryKind.Chain, seen, wanted)).IsTooLate);
    }

    private IRenderedComponent<NotificationsPage> Page() => Render<NotificationsPage>();

    private static string Plain(AngleSharp.Dom.INode node) =>
        string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Task FillAsync(IRenderedComponent<MudDialogProvider> dialogs, string label, string text)
    {
        var field = dialogs.FindComponents<MudTextField<string>>().Single(f => f.Instance.Label == label);
        return field.InvokeAsync(() => field.Instance.ValueChanged.InvokeAsync(text));
    }

    private static Task SaveAsync(IRenderedComponent<MudDialogProvider> dialogs)
    {
        var button = dialogs.FindComponents<MudButton>().Single(b => b.Nodes.Any(n => n.TextContent.Trim() == "Save"));
        return button.InvokeAsync(() => button.Instance.OnClick.InvokeAsync(new()));
    }
}
