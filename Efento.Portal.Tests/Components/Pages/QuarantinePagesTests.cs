using System.Text.RegularExpressions;
using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Quarantine;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class QuarantinePagesTests : PortalPageContext
{
    private const string NoTime = """{"serial":"282C00000001"}""";

    protected override Dictionary<string, string> Settings => new() { ["Portal:Ingest:QuarantineBytesPerToken"] = "250" };

    [Fact]
    public void List_Nothing_IsSaid() => Assert.Equal("Nothing is in quarantine", List().Find(".empty h2").TextContent);

    [Fact]
    public async Task List_Items_SayWhyFromWhomAndHowOften()
    {
        await BeatAsync("282C00000002");
        await Portal.Client.MeasureAsync("rubbish");
        await Portal.Client.MeasureAsync("rubbish");

        var item = List().Find(".items li");

        Assert.Equal("admin/quarantine/1", item.QuerySelector(".what a")!.GetAttribute("href"));
        Assert.Contains("The message is not JSON", item.TextContent, StringComparison.Ordinal);
        Assert.Equal("gateways/1", item.QuerySelector(".whom a")!.GetAttribute("href"));
        Assert.Contains("2 times, last", item.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_OfAnItem_AreTheSameInTheListAndOnItsPage()
    {
        await Portal.Client.MeasureAsync(new string('x', 3_000));
        var takes = Regex.Match(List().Find(".items li .what").TextContent, @"takes (\S+ \S+)").Groups[1].Value;

        var raw = Render<QuarantineItemPage>(item => item.Add(i => i.Id, 1)).Find(".raw p").TextContent;

        Assert.NotEmpty(takes);
        Assert.Contains($", takes {takes} compressed", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?gateway=1", 2)]
    [InlineData("?gateway=2", 0)]
    [InlineData("?gateway=0", 0)]
    [InlineData("?reason=NoTime", 1)]
    [InlineData("?reason=NotJson&time=1h", 1)]
    [InlineData("?time=older", 0)]
    [InlineData("?state=read", 0)]
    public async Task List_Filtered_ShowsThoseAlone(string query, int expected)
    {
        await Portal.Client.MeasureAsync("rubbish");
        await Portal.Client.MeasureAsync(Some.Body(NoTime));

        Assert.Equal(expected, List(query).FindAll(".items li").Count);
    }

    [Fact]
    public void List_Filtered_TheFiltersSayByWhat() => Assert.Equal(
        ["Every gateway", "A record has no usable time", "In the last hour", "What was read again"],
        List("?reason=NoTime&time=1h&state=read").FindAll(".filters input").Select(field => field.GetAttribute("value")));

    [Fact]
    public async Task List_SomethingSetAside_AppearsByItself()
    {
        var page = List();

        await Portal.Client.MeasureAsync("rubbish");

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".items li")));
    }

    [Fact]
    public async Task List_NothingArrives_AsksNothingForHours()
    {
        await Portal.Client.MeasureAsync("rubbish");
        List();
        var before = Queries.Count;

        Time.Advance(TimeSpan.FromHours(3));

        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public async Task ReadAgain_StillRejected_SaysSo()
    {
        await Portal.Client.MeasureAsync("rubbish");
        var page = List();
        await page.ChangeAsync(".selecting input", true);

        await page.ClickAsync(".tools button", 0);

        page.WaitForAssertion(
            () => Assert.Contains(
                "1 item still can't be used and stays", page.Find("[role=status] .mud-alert").TextContent, StringComparison.Ordinal));
        Assert.Single(Portal.QuarantineAudit());
    }

    [Fact]
    public async Task Discard_WithReason_IsDone()
    {
        await Portal.Client.MeasureAsync("rubbish");
        var dialogs = Render<MudDialogProvider>();
        var page = List();
        await page.ChangeAsync(".selecting input", true);

        var action = page.ClickAsync(".tools button", 1);
        var confirm = dialogs.WaitForElement(".mud-dialog-actions .mud-button-filled");
        Assert.True(confirm.HasAttribute("disabled"));
        await dialogs.InputAsync(".why input", "no use to anybody");
        await dialogs.ClickAsync(".mud-dialog-actions .mud-button-filled");
        await action;

        page.WaitForAssertion(() => Assert.Contains("1 item discarded", page.Markup, StringComparison.Ordinal));
        Assert.EndsWith("|no use to anybody", Assert.Single(Portal.QuarantineAudit()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discard_OfTwoAdministrators_IsToldToTheSecond()
    {
        await Portal.Client.MeasureAsync("rubbish");
        var key = Assert.Single(await Portal.KeysAsync());
        var (first, second) = (Tools(key), Tools(key));

        await first.InvokeAsync(() => first.Instance.DiscardAsync([key], "first"));
        await second.InvokeAsync(() => second.Instance.DiscardAsync([key], "second"));

        Assert.Contains("1 item discarded", first.Markup, StringComparison.Ordinal);
        Assert.Contains("Not done: somebody else", second.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Policies.View)]
    [InlineData(Policies.Inspect)]
    public async Task Actions_ForgedByWhoeverMayNot_AreRefusedVisibly(string policy)
    {
        await Portal.Client.MeasureAsync("rubbish");
        var key = Assert.Single(await Portal.KeysAsync());
        Person.SetPolicies(policy);
        var tools = Tools(key);
        Assert.Empty(tools.FindAll("button"));

        await tools.InvokeAsync(() => tools.Instance.DiscardAsync([key], "forged"));
        Assert.Contains("Your role does not allow this", tools.Markup, StringComparison.Ordinal);
        await tools.InvokeAsync(() => tools.Instance.ReadAgainAsync([key]));

        Assert.Contains("Your role does not allow this", tools.Markup, StringComparison.Ordinal);
        Assert.Single(Portal.Quarantined());
        Assert.Empty(Portal.QuarantineAudit());
    }

    [Fact]
    public async Task List_OfAnAuditor_HasNothingToSelect()
    {
        await Portal.Client.MeasureAsync("rubbish");
        Person.SetPolicies(Policies.View, Policies.Inspect);

        var page = List();

        Assert.Single(page.FindAll(".items li"));
        Assert.Empty(page.FindAll("input[type=checkbox]"));
    }

    [Fact]
    public async Task Item_Markup_IsText()
    {
        await Portal.Client.MeasureAsync("<b onclick=alert(1)>\0\u202E");

        var pre = Item(1).Find(".raw pre");

        Assert.Empty(pre.Children);
        Assert.Equal("<b onclick=alert(1)>‹U+0000›‹U+202E›", pre.TextContent);
    }

    [Fact]
    public void Item_Unknown_IsSaid() => Assert.Equal("There is no such item", Item(7).Find("h2").TextContent);

    [Fact]
    public async Task Item_DiscardedMeanwhile_Goes()
    {
        await Portal.Client.MeasureAsync("rubbish");
        var page = Item(1);

        await Portal.DiscardAsync([.. await Portal.KeysAsync()]);

        page.WaitForAssertion(() => Assert.Equal("There is no such item", page.Find("h2").TextContent));
    }

    [Fact]
    public async Task Shapes_Seen_AreListedWithTheirFields()
    {
        await Portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Now)));

        var shape = List().Find(".shapes li");

        Assert.Contains(GatewayPaths.Measurements, shape.TextContent, StringComparison.Ordinal);
        Assert.Contains("measurements[].serial: string", shape.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_QuarantineHalfFull_WarnsThoseWhoMayInspect()
    {
        var incompressible = new byte[150];
        new Random(1).NextBytes(incompressible);
        await Portal.Client.PostAsync(GatewayPaths.Measurements, incompressible);

        Assert.Contains("% full", Render<OverviewPage>().Find(".filling").TextContent, StringComparison.Ordinal);
        Person.SetPolicies(Policies.View);
        Assert.Empty(Render<OverviewPage>().FindAll(".filling"));
    }

    private IRenderedComponent<QuarantinePage> List(string query = "")
    {
        Render<MudPopoverProvider>();
        Services.GetRequiredService<NavigationManager>().NavigateTo($"admin/quarantine{query}");
        return Render<QuarantinePage>();
    }

    private IRenderedComponent<QuarantineItemPage> Item(int id) => Render<QuarantineItemPage>(p => p.Add(i => i.Id, id));

    private IRenderedComponent<QuarantineTools> Tools(params Portal.Ingest.Quarantine.QuarantineKey[] keys) =>
        Render<QuarantineTools>(p => p.Add(t => t.Keys, keys));
}
