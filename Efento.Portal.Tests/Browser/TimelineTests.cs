using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Efento.Portal.Timeline;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>Notes and other events of a measuring point, in its charts and in their list.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class TimelineTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _serial = Some.Serial();
    private readonly DateTimeOffset _now = Some.Now();
    private PortalUnderTest _portal = null!;
    private PageInBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        await MeasureAsync(Enumerable.Range(0, 120).Select(i => Some.Record(_serial, _now.AddMinutes(-3 * i), i)));
        _browser = await PageInBrowser.OpenAsync(chromium, _portal.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Note_ByDoubleClick_IsOfThatMomentInTheChartAndInTheList()
    {
        await _browser.GoAsync("points/1?range=6h");
        await _browser.PointsAsync(120);

        await _browser.Page.Locator(".chart").DblClickAsync(new() { Position = new() { X = 500, Y = 100 } });
        await WriteAsync("Door repaired");

        await _browser.UntilAsync("document.querySelector('.events .detail')?.textContent === 'Door repaired'");
        await _browser.UntilAsync("document.querySelectorAll('[data-mark=note]').length === 1");
        var note = Assert.Single(await ReadNotesAsync());
        Assert.InRange(note.AtUtc, _now.AddHours(-4), _now.AddHours(-2));
        Assert.Empty(_browser.Faults);
    }

    [Fact]
    public async Task Note_WithTheKeyboard_IsWrittenAndThenSpoken()
    {
        await _browser.GoAsync("points/1?range=6h");
        await _browser.PointsAsync(120);

        await _browser.Page.Locator(".chart").FocusAsync();
        await _browser.Page.Keyboard.PressAsync("Home");
        await _browser.Page.Keyboard.PressAsync("PageDown");
        await _browser.Page.Keyboard.PressAsync("n");
        await WriteAsync("Door repaired");
        await _browser.UntilAsync("document.querySelectorAll('[data-mark=note]').length === 1");
        await _browser.Page.Locator(".chart").FocusAsync();
        await _browser.Page.Keyboard.PressAsync("Home");
        await _browser.Page.Keyboard.PressAsync("PageDown");

        await _browser.UntilAsync("document.querySelector('.voice').textContent.endsWith('; Door repaired')");
    }

    [Fact]
    public async Task Marks_BetweenReadings_DoNotHoldTheArrowKeys()
    {
        await NoteAsync(_now.AddMinutes(-10), "first");
        await NoteAsync(_now.AddMinutes(-10).AddSeconds(20), "second");
        await _browser.GoAsync("points/1?range=1h");
        await _browser.UntilAsync("document.querySelectorAll('[data-mark=note]').length === 1");

        await _browser.Page.Locator(".chart").FocusAsync();
        await _browser.Page.Keyboard.PressAsync("Home");
        for (var step = 0; step < 25; step++)
        {
            await _browser.Page.Keyboard.PressAsync("ArrowRight");
        }

        await _browser.UntilAsync("document.querySelector('.voice').textContent.includes('Temperature 0.0 °C')");
    }

    [Fact]
    public async Task Event_Clicked_IsInTheMiddleOfTheChart()
    {
        await MeasureAsync([Some.Record(_serial, _now.AddHours(-30), 4)]);
        await NoteAsync(_now.AddHours(-10), "Door repaired");
        await _browser.GoAsync("points/1?range=7d");

        await _browser.Page.Locator(".events li", new() { HasText = "Door repaired" }).Locator(".when").ClickAsync();

        await _browser.UntilAsync("location.search.includes('from=')");
        var ends = new Uri(_browser.Page.Url).Query.TrimStart('?').Split('&')
            .Select(part => DateTimeOffset.Parse(Uri.UnescapeDataString(part.Split('=')[1]), null))
            .ToList();
        Assert.Equal(_now.AddHours(-10), ends[0] + ((ends[1] - ends[0]) / 2));
        Assert.Equal(TimeSpan.FromHours(6), ends[1] - ends[0]);
    }

    [Fact]
    public async Task Crosshair_PointerLeaves_Goes()
    {
        await _browser.GoAsync("points/1?range=6h");
        await _browser.PointsAsync(120);
        await _browser.Page.Locator(".chart").HoverAsync(new() { Position = new() { X = 500, Y = 100 } });
        await _browser.UntilAsync("!document.querySelector('.chart-tip').hidden");

        await _browser.Page.Locator("h1").HoverAsync();

        await _browser.UntilAsync("document.querySelector('.chart-tip').hidden");
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Dialog_InEveryLook_FitsAndHasNoBarrier(int width, ColorScheme theme)
    {
        await NoteAsync(_now.AddMinutes(-30), "Door repaired");
        await using var browser = await PageInBrowser.OpenAsync(chromium, _portal.Address, width, theme);
        await browser.GoAsync("points/1?range=1h");

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Change the note" }).ClickAsync();
        await browser.UntilAsync(
            """
            document.querySelector('#note-at') !== null && document.querySelector('.mud-dialog-container')
              ?.getAnimations({ subtree: true }).every(a => a.playState === 'finished') === true
            """);

        Assert.Empty(await browser.BarriersAsync());
        Assert.True(
            await browser.Page.EvaluateAsync<bool>(
                """
                width => {
                  const { left, right } = document.querySelector('.mud-dialog').getBoundingClientRect();
                  return left >= 0 && right <= width;
                }
                """,
                width));
        Assert.Empty(browser.Faults);
    }

    private async Task WriteAsync(string text)
    {
        await _browser.UntilAsync("document.activeElement?.matches('.mud-dialog textarea') === true");
        await _browser.Page.Keyboard.TypeAsync(text);
        await _browser.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await _browser.UntilAsync("!document.querySelector('.mud-dialog')");
    }

    private async Task MeasureAsync(IEnumerable<string> records) =>
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);

    private async Task NoteAsync(DateTimeOffset at, string text) =>
        Assert.Equal(
            NoteOutcome.Done, await _portal.Get<NoteService>().WriteAsync(SiteScope.Everything, Actor.Command, 1, new NoteDraft(at, text)));

    private Task<IReadOnlyList<PointNote>> ReadNotesAsync() =>
        _portal.Get<NoteQuery>().ReadAsync(SiteScope.Everything, 1, _now.AddDays(-1), _now.AddDays(1), 10);
}
