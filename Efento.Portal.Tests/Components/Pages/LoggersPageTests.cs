using AngleSharp.Dom;
using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Loggers;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class LoggersPageTests : PortalPageContext
{
    private readonly string _serial = Some.Serial();
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;

    private static Actor Bert { get; } = new(ActorKind.Person, "bert@portal.test");

    [Fact]
    public void Loggers_None_SaysHowTheyCome() => Assert.Equal("No logger has been heard yet", Show().Find("section.empty h2").TextContent);

    [Fact]
    public async Task Logger_OfTheList_HasWhatIsKnownOfIt()
    {
        await BeatAsync("282C00000001");
        await MeasureAsync(Some.Record(_serial, Now));

        var row = Show().Find("tbody tr");

        Assert.Equal((_serial, "282C00000001", "Y"), (Text(row, ".point a"), Text(row, ".seen a"), Text(row, ".flag b")));
        Assert.Equal(("−70 dBm · strong", "Battery OK"), (Text(row, ".device span:first-child"), Text(row, ".device span:last-child")));
    }

    [Fact]
    public async Task SetN_Chosen_WarnsAsksWhyAndDoesIt()
    {
        await MeasureAsync(Some.Record(_serial, Now), Some.Record(Some.Serial(), Now));
        var page = Show();
        await page.ChangeAsync($"input[aria-label='Choose {_serial}']", true);

        await ClickAsync(page, "Set to N…");
        _dialogs.WaitForElement(".mud-dialog input");
        Assert.Contains("They can’t be recovered", _dialogs.Find(".warning").TextContent, StringComparison.Ordinal);
        Assert.Equal($"{_serial} Y → N", Words(_dialogs.Find(".changes li").TextContent));
        Assert.True(Button(_dialogs, "Set 1 logger to N").HasAttribute("disabled"));
        await ConfirmAsync("Set 1 logger to N", "probe broken");

        page.WaitForAssertion(() => Assert.Equal("1 logger set to N.", Text(page.Find(".notice"), "span")));
        Assert.False(Flag(_serial));
        Assert.Contains(
            "probe broken", page.FindAll(".flag").Single(f => f.TextContent.Contains('N', StringComparison.Ordinal)).TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_AfterN_GivesYBack()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Show();
        await page.ChangeAsync("thead input", true);
        await ClickAsync(page, "Set to N…");
        await ConfirmAsync("Set 1 logger to N", "probe broken");
        page.WaitForAssertion(() => Assert.False(Flag(_serial)));

        await ClickAsync(page, "Undo");

        page.WaitForAssertion(() => Assert.Equal("1 logger set to Y.", Text(page.Find(".notice"), "span")));
        Assert.True(Flag(_serial));
    }

    [Fact]
    public async Task Undo_AfterComingBackToThePage_AsksAndGivesYBack()
    {
        await MeasureAsync(Some.Record(_serial, Now), Some.Record(Some.Serial(), Now));
        await DecideAsync("probe broken", false, 1);
        var page = Show();
        Assert.Equal("1 logger set to N", page.Find(".recent summary b").TextContent);
        Assert.Equal(["1 logger set to N", _serial, "probe broken"], page.FindAll(".recent .what > *").Take(3).Select(e => e.TextContent));
        Assert.StartsWith("bert@portal.test", page.Find(".recent .what > :last-child").TextContent, StringComparison.Ordinal);

        await ClickAsync(page, "Undo…");
        _dialogs.WaitForElement(".mud-dialog input");
        Assert.Equal("Undone: probe broken", _dialogs.Find(".mud-dialog input").GetAttribute("value"));
        await ClickAsync(_dialogs, "Set 1 logger to Y");

        page.WaitForAssertion(() => Assert.Equal("1 logger set to Y.", Text(page.Find(".notice"), "span")));
        Assert.True(Flag(_serial));
    }

    [Fact]
    public async Task Undo_OfWhatIsSetOtherwiseSince_IsNotOffered()
    {
        await MeasureAsync(Some.Record(_serial, Now), Some.Record(Some.Serial(), Now));
        await DecideAsync("first", false, 1, 2);
        await DecideAsync("second", true, 1);
        await Portal.Get<LoggerAdmission>().RefuseAsync(Bert, [new Seen(2, 1)], "not ours");

        var page = Show();

        Assert.Equal(["1 logger set to Y"], page.FindAll(".recent li b").Select(b => b.TextContent));
    }

    [Fact]
    public async Task Undo_ForAnAuditor_IsNotOffered()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        await DecideAsync("probe broken", false, 1);
        Person.SetPolicies(Policies.View, Policies.Inspect);

        var page = Show();

        Assert.Single(page.FindAll(".recent li"));
        Assert.Empty(page.FindAll(".recent button"));
    }

    [Fact]
    public async Task Retire_WithItsPoint_IsOneNotice()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Show();
        await page.ChangeAsync("thead input", true);
        await ClickAsync(page, "Retire…");
        _dialogs.WaitForElement(".mud-dialog input[type=checkbox]");
        await _dialogs.ChangeAsync(".mud-dialog input[type=checkbox]", true);
        await _dialogs.InputAsync(".mud-dialog input:not([type=checkbox])", "room closed");
        await ClickAsync(_dialogs, "Retire");

        page.WaitForAssertion(() => Assert.Equal("1 logger retired. Its measuring point, too.", Text(page.Find(".notice"), "span")));
        Assert.True(
            await Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial) is { IsRetired: true, Point.RetiredUtc: not null });
    }

    [Fact]
    public async Task SetN_SomebodyElseWasFaster_IsTold()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Show();
        await page.ChangeAsync("thead input", true);
        await ClickAsync(page, "Set to N…");
        _dialogs.WaitForElement(".mud-dialog input");
        var both = Portal.Get<SynchroniseSwitch>();
        await both.SetAsync(Bert, (await both.PreviewAsync([1], false)).Changes, "first");

        await ConfirmAsync("Set 1 logger to N", "probe broken");

        page.WaitForAssertion(
            () => Assert.Contains(
                $"somebody else changed it meanwhile: {_serial}", page.Find(".notice.fault").TextContent, StringComparison.Ordinal));
        Assert.Equal("first", (await Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial))!.SynchroniseSetting!.Reason);
    }

    [Fact]
    public async Task SetN_RoleTakenAwayMeanwhile_IsRefusedVisibly()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Show();
        await page.ChangeAsync("thead input", true);
        await ClickAsync(page, "Set to N…");
        _dialogs.WaitForElement(".mud-dialog input");
        Person.SetPolicies(Policies.Inspect);

        await ConfirmAsync("Set 1 logger to N", "probe broken");

        page.WaitForAssertion(
            () => Assert.Contains("Your role does not allow this", page.Find(".notice.fault").TextContent, StringComparison.Ordinal));
        Assert.True(Flag(_serial));
    }

    [Fact]
    public async Task Database_TakesNoAudit_SaysThatNothingChanged()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Show();
        await page.ChangeAsync("thead input", true);
        await ClickAsync(page, "Set to N…");
        _dialogs.WaitForElement(".mud-dialog input");
        Portal.Database.Execute("CREATE TRIGGER audit_breaks BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no audit'); END");

        await ConfirmAsync("Set 1 logger to N", "probe broken");

        page.WaitForAssertion(
            () => Assert.Contains("Nothing was changed", page.Find(".notice.fault").TextContent, StringComparison.Ordinal));
        Assert.True(Flag(_serial));
    }

    [Fact]
    public async Task Auditor_SeesAllAndChangesNothing()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        Person.SetPolicies(Policies.View, Policies.Inspect);

        var page = Show();

        Assert.Single(page.FindAll("tbody tr"));
        Assert.Empty(page.FindAll("input[type=checkbox], [aria-label^='Actions']"));
    }

    [Theory]
    [InlineData("fridge", 1)]
    [InlineData("ward 282c", 1)]
    [InlineData("fridge cellar", 0)]
    [InlineData("", 2)]
    public async Task Search_Words_FindsSerialNameAndPlace(string search, int expected)
    {
        await MeasureAsync(Some.Record(_serial, Now), Some.Record(Some.Serial(), Now));
        await Portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Bert, new Seen(1, 0), "Fridge 3", "Ward 7");
        var loggers = await Portal.Get<LoggerQuery>().ListAllAsync(SiteScope.Everything);

        Assert.Equal(expected, loggers.Count(l => LoggerFilters.IsFound(l, search)));
    }

    [Fact]
    public async Task Filter_N_ShowsThoseAlone()
    {
        await MeasureAsync(Some.Record(_serial, Now), Some.Record(Some.Serial(), Now));
        var both = Portal.Get<SynchroniseSwitch>();
        await both.SetAsync(Bert, (await both.PreviewAsync([1], false)).Changes, "broken");
        var page = Show();

        await page.ClickAsync(p => p.FindAll(".filters button").Single(b => b.TextContent.StartsWith('N')));

        Assert.Equal([_serial], page.FindAll("tbody .point a").Select(a => a.TextContent));
        Assert.Contains("2 loggers · 1 answered N", Words(page.Find(".page-head .line").TextContent), StringComparison.Ordinal);
    }

    private static string? Text(IElement within, string selector) => within.QuerySelector(selector)?.TextContent.Trim();

    private static string Words(string text) => string.Join(' ', text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static IElement Button<T>(IRenderedComponent<T> within, string text)
        where T : IComponent => within.FindAll("button").Single(b => Words(b.TextContent) == text);

    private static Task ClickAsync<T>(IRenderedComponent<T> within, string text)
        where T : IComponent => within.PressAsync(w => Button(w, text));

    private bool Flag(string serial) => Portal.Get<LoggerDirectory>().TryGet(serial, out var logger) && logger.Synchronise;

    private async Task DecideAsync(string reason, bool to, params int[] loggers)
    {
        var both = Portal.Get<SynchroniseSwitch>();
        await both.SetAsync(Bert, (await both.PreviewAsync(loggers, to)).Changes, reason);
    }

    private async Task ConfirmAsync(string button, string reason)
    {
        await _dialogs.InputAsync(".mud-dialog input", reason);
        await ClickAsync(_dialogs, button);
    }

    private IRenderedComponent<LoggersPage> Show()
    {
        Render<MudPopoverProvider>();
        _dialogs = Render<MudDialogProvider>();
        return Render<LoggersPage>();
    }
}

public sealed class LoggersPageOfHeldLoggersTests : PortalPageContext
{
    protected override Dictionary<string, string> Settings => new() { ["Portal:Ingest:UnknownLoggers"] = "Hold" };

    [Fact]
    public async Task Held_Approved_IsShownAndNoLongerWaits()
    {
        var serial = Some.Serial();
        await MeasureAsync(Some.Record(serial, Now));
        Render<MudPopoverProvider>();
        var page = Render<LoggersPage>();
        Assert.Equal("1 logger waits for approval", page.Find(".held h2").TextContent);
        Assert.Equal("Hold for approval", page.Find(".unknown summary b").TextContent);

        await page.ClickAsync($"button[aria-label='Approve {serial}']");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".held")));
        Assert.True((await Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial))!.IsShown);
    }
}
