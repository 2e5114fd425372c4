using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Loggers;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Export;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class NamesPageTests : PortalPageContext
{
    private const string First = "282C00000001";
    private const string Second = "282C00000002";

    private static Actor Bert { get; } = new(ActorKind.Person, "bert@portal.test");

    [Fact]
    public void Loggers_None_SaysHowTheyCome() => Assert.Equal("No logger has been heard yet", Show().Find("section.empty h2").TextContent);

    [Fact]
    public async Task Rows_WithoutAName_ComeFirst()
    {
        await HeardAsync();
        await RenameAsync(1, "A fridge");

        var page = Show();

        Assert.Equal([Second, First], Serials(page));
        Assert.Contains("1 logger has no name yet.", page.Markup, StringComparison.Ordinal);
        await page.ClickAsync(".filters button", 1);
        Assert.Equal([Second], Serials(page));
    }

    [Fact]
    public async Task Rows_Changed_AreSavedTogether()
    {
        await HeardAsync();
        await Portal.Get<LocationDecisions>().CreateAsync(Bert, null, "Ward");
        var page = Show();
        await page.ChangeAsync("td input", "Fridge 1", 0);
        await page.ChangeAsync("td select", "1", 0);
        await page.ChangeAsync("td input", "shelf 2", 1);
        await page.ChangeAsync("td input", "Fridge 2", 2);
        Assert.Contains("2 rows changed", page.Find(".bulk").TextContent, StringComparison.Ordinal);

        await SaveAsync(page);

        Assert.Contains("Saved: 2 loggers.", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(new PointLabel("Fridge 1", 1, "shelf 2"), await LabelAsync(First));
        Assert.Equal("Fridge 2", (await LabelAsync(Second)).Name);
        Assert.Contains("Nothing changed yet", page.Find(".bulk").TextContent, StringComparison.Ordinal);
        Assert.Contains("Every logger has a name.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_WithARowThatCanNotBe_SavesNoneAndMarksIt()
    {
        await HeardAsync();
        await RenameAsync(2, "Fridge 2");
        var page = Show();
        await page.ChangeAsync("td input", "Fridge 1", 0);
        await page.ChangeAsync("td input", " ", 2);

        await SaveAsync(page);

        Assert.Contains("Nothing was saved", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("enter a name", page.Find("td .fault").TextContent, StringComparison.Ordinal);
        Assert.Equal("Fridge 1", page.FindAll("td input")[0].GetAttribute("value"));
        Assert.Equal(First, (await LabelAsync(First)).Name);
    }

    [Fact]
    public async Task Row_WithoutAName_IsEmptyAndMayStaySo()
    {
        await HeardAsync();
        var page = Show();
        Assert.Equal("", page.FindAll("td input")[0].GetAttribute("value"));
        await page.ChangeAsync("td input", "shelf 2", 1);

        await SaveAsync(page);

        Assert.Equal(new PointLabel(First, null, "shelf 2"), await LabelAsync(First));
    }

    [Fact]
    public async Task Row_ChangedByAnother_TellsAndKeepsOrTakes()
    {
        await HeardAsync();
        var page = Show();
        await page.ChangeAsync("td input", "Mine", 0);
        await RenameAsync(1, "Theirs");
        await UntilShownAsync(() => page.FindAll(".conflict").Any(c => c.TextContent.Contains("meanwhile: Theirs", StringComparison.Ordinal)));

        await SaveAsync(page);
        Assert.Equal("Theirs", (await LabelAsync(First)).Name);

        await page.ClickAsync(".conflict button", 0);
        await SaveAsync(page);

        Assert.Equal("Mine", (await LabelAsync(First)).Name);
    }

    [Fact]
    public async Task Row_ChangedByAnother_CanTakeTheirs()
    {
        await HeardAsync();
        var page = Show();
        await page.ChangeAsync("td input", "Mine", 0);
        await RenameAsync(1, "Theirs");
        await UntilShownAsync(() => page.FindAll(".conflict").Count == 1);

        await page.ClickAsync(".conflict button", 1);

        Assert.Equal("Theirs", page.FindAll("td input")[0].GetAttribute("value"));
        Assert.Contains("Nothing changed yet", page.Find(".bulk").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_Untouched_FollowsAnother()
    {
        await HeardAsync();
        var page = Show();

        await RenameAsync(1, "Theirs");

        await UntilShownAsync(() => page.FindAll("td input")[0].GetAttribute("value") == "Theirs");
    }

    [Fact]
    public async Task File_Chosen_ChangesNothingBeforeItIsConfirmed()
    {
        await HeardAsync();
        var page = Show();

        Upload(page, $"serial;name\n{First};Fridge 1\n{Second};{Second}\n");

        Assert.Contains("1 logger changes; 1 line changes nothing.", page.WaitForElement(".preview").TextContent, StringComparison.Ordinal);
        Assert.Equal(First, (await LabelAsync(First)).Name);

        await ClickAsync(page, "Import 1 change");

        page.WaitForAssertion(() => Assert.Contains("Saved: 1 logger.", page.Markup, StringComparison.Ordinal));
        Assert.Equal("Fridge 1", (await LabelAsync(First)).Name);
        Assert.Empty(page.FindAll(".preview"));
    }

    [Fact]
    public async Task File_WithAWrongLine_NamesItAndCanNotBeImported()
    {
        await HeardAsync();
        var page = Show();

        Upload(page, $"serial;name\n{First};Fridge 1\n<b>x</b>;Fridge 2\n");

        Assert.Equal("Line 3 “<b>x</b>” is not the serial of a logger here.", page.WaitForElement(".faults li").TextContent);
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Contains("Import 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_TooLarge_IsTold()
    {
        await HeardAsync();
        var page = Show();

        Upload(page, new string('x', CsvTable.MostBytes + 1));

        Assert.Equal("The file is larger than 1 MB.", page.WaitForElement(".preview .fault").TextContent);
    }

    [Fact]
    public async Task File_WhenSomebodyElseWasFaster_ImportsNothingAndShowsTheNewState()
    {
        await HeardAsync();
        var page = Show();
        Upload(page, $"serial;name\n{First};Mine 1\n{Second};Mine 2\n");
        page.WaitForElement(".preview");
        await RenameAsync(2, "Theirs");

        await ClickAsync(page, "Import 2 changes");

        page.WaitForAssertion(
            () => Assert.Contains("Nothing was imported.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal([First, "Theirs"], [(await LabelAsync(First)).Name, (await LabelAsync(Second)).Name]);
        Assert.Contains("Theirs", page.Find(".preview").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<NamesPage> Show()
    {
        Render<MudPopoverProvider>();
        Render<MudDialogProvider>();
        return Render<NamesPage>();
    }

    private static void Upload(IRenderedComponent<NamesPage> page, string text) =>
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(text, "names.csv"));

    private static Task SaveAsync(IRenderedComponent<NamesPage> page) => ClickAsync(page, "Save");

    private static Task ClickAsync(IRenderedComponent<NamesPage> page, string text) =>
        page.ClickAsync(p => p.FindAll("button").Single(b => b.TextContent.Trim() == text));

    private static IEnumerable<string> Serials(IRenderedComponent<NamesPage> page) => page.FindAll("td.main a").Select(a => a.TextContent);

    private Task HeardAsync() => MeasureAsync(Some.Record(First, Now), Some.Record(Second, Now));

    private Task RenameAsync(int point, string name) =>
        Portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Bert, new Seen(point, 0), name, null);

    private async Task<PointLabel> LabelAsync(string serial) =>
        PointLabel.Of((await Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial))!.Point!);
}
