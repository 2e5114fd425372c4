using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

[Trait(Category.Name, Category.Browser)]
public sealed class LoggersPageTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _serial = Some.Serial();
    private readonly string _other = Some.Serial();
    private PortalUnderTest _portal = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        _browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
        var reply = await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Some.Now()), Some.Record(_other, Some.Now())));
        Assert.Equal(201, reply.Status);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Toggle_N_IsInTheGatewaysNextReplyAndUndoneToo()
    {
        using var gateway = new OneGateway(_portal.Address, PortalUnderTest.GatewayToken);
        await gateway.SendAsync();
        Assert.Equal("""{"Y":[0,1],"N":[]}""", gateway.LastReply);
        await _browser.GoAsync("admin/loggers");
        await _browser.Page.GetByLabel($"Choose {gateway.Loggers[0].Serial}").CheckAsync();
        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Set to N…" }).ClickAsync();
        await _browser.Page.GetByLabel("Why").FillAsync("probe broken");
        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Set 1 logger to N" }).ClickAsync();
        await _browser.TextAsync(".notice > span", "1 logger set to N.");

        await gateway.SendAsync();
        Assert.Equal("""{"Y":[1],"N":[0]}""", gateway.LastReply);
        Assert.Equal(gateway.Serials(1), gateway.KeptLoggers);

        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await _browser.TextAsync(".notice > span", "1 logger set to Y.");

        await gateway.SendAsync();
        Assert.Equal("""{"Y":[0,1],"N":[]}""", gateway.LastReply);
        Assert.Equal(gateway.Serials(0, 1), gateway.KeptLoggers);
        Assert.Empty(_browser.Faults);
    }

    [Fact]
    public async Task Set_ManyAtOnce_HasTheListOfThemWithinReachOfTheKeyboard()
    {
        var many = Enumerable.Range(0, 20).Select(_ => Some.Record(Some.Serial(), Some.Now()));
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(many))).Status);
        await _browser.GoAsync("admin/loggers");
        await _browser.Page.Locator("thead input[type=checkbox]").CheckAsync();
        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Set to N…" }).ClickAsync();
        await _browser.UntilAsync($"{Changes}?.scrollHeight > {Changes}?.clientHeight");
        await _browser.UntilAsync("document.activeElement.matches('.mud-dialog input')");

        await _browser.Page.Keyboard.PressAsync("Shift+Tab");
        await _browser.UntilAsync($"document.activeElement === {Changes}");
        await _browser.Page.Keyboard.PressAsync("End");

        await _browser.UntilAsync($"{Changes}.scrollTop > 0");
        Assert.Empty(await _browser.BarriersAsync());
    }

    private const string Changes = "document.querySelector('.mud-dialog .changes')";

    [Fact]
    public async Task Replace_AfterRename_GivesTheNameToTheNewLogger()
    {
        await _browser.GoAsync("admin/loggers");
        await ActAsync("Name and location…");
        await _browser.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Fridge 3");
        await _browser.Page.GetByRole(AriaRole.Textbox, new() { Name = "Remark" }).FillAsync("Pharmacy");
        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await _browser.TextAsync(".notice > span", "“Fridge 3” is saved.");

        await ActAsync("Replace…");
        await _browser.Page.Locator(".mud-dialog .mud-select").First.ClickAsync();
        await _browser.Page.Locator(".mud-popover-open .mud-list-item").GetByText(_other).ClickAsync();
        await _browser.Page.GetByRole(AriaRole.Textbox, new() { Name = "Why" }).FillAsync("battery dead");
        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Replace", Exact = true }).ClickAsync();
        await _browser.TextAsync(".notice > span", "“Fridge 3” has its new logger.");

        await _browser.GoAsync($"loggers/{_other}");
        await _browser.TextAsync("h1", "Fridge 3");
        await _browser.TextAsync(".place", "Pharmacy");
        Assert.Empty(_browser.Faults);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Names_ChangedByTwo_ShowBothAndAreNotLeftWithoutAQuestion(int width)
    {
        await _browser.Page.SetViewportSizeAsync(width, 740);
        await _browser.GoAsync("admin/loggers/names");
        var (name, dialog) = (_browser.Page.GetByLabel($"Name of {_serial}"), _browser.Page.Locator(".mud-dialog"));
        await name.FillAsync("Fridge 3");
        await name.PressAsync("Tab");
        await _browser.UntilAsync("!!document.querySelector('tr.changed')");
        var point = (await _portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial))!.Point!;
        Assert.Empty(await _portal.Get<PointNaming>().NameAsync(
            SiteScope.Everything, Actor.Portal,
            [new PointChange(new Seen(point.Id, point.Version), new PointLabel("A freezer whose name is long", null, "shelf 2"))]));

        await _browser.UntilAsync("document.querySelector('.conflict')?.textContent.includes('A freezer whose name is long · shelf 2')");
        Assert.Equal([], await Look.InBothThemesAsync(_browser, "names-conflict"));
        await _browser.Page.ClickAsync("nav a[href=gateways]");
        await dialog.GetByText("1 changed row is not saved.").WaitForAsync();
        Assert.Equal([], await Look.InBothThemesAsync(_browser, "names-leave"));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        await _browser.UntilAsync("!document.querySelector('.mud-dialog')");
        Assert.Equal("Fridge 3", await name.InputValueAsync());
        await _browser.Page.ClickAsync("nav a[href=gateways]");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).ClickAsync();

        await _browser.AddressAsync("**/gateways");
        Assert.Empty(_browser.Faults);
    }

    private async Task ActAsync(string action)
    {
        await _browser.Page.GetByLabel($"Actions for {_serial}").ClickAsync();
        await _browser.Page.Locator(".mud-popover-open").GetByText(action).ClickAsync();
    }
}
