using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>Every page in both themes, on a desktop and on a phone; pictures go to artifacts/screenshots.</summary>
public sealed class EveryPageTests(Chromium chromium, EveryPageTests.Site site) : IClassFixture<EveryPageTests.Site>
{
    private const string Logger = "282C024FFFB2";

    private static readonly string[] Paths = ["", "gateways", "gateways/1", $"loggers/{Logger}", $"loggers/{Logger}?range=1h", "loggers/282C024FFFB9", "gateways/9", "admin/loggers"];

    public static TheoryData<int, ColorScheme, bool> Looks => new()
    {
        { 1440, ColorScheme.Light, false },
        { 1440, ColorScheme.Dark, false },
        { 360, ColorScheme.Light, false },
        { 360, ColorScheme.Dark, false },
        { 360, ColorScheme.Light, true },
        { 1440, ColorScheme.Dark, true },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Pages_InEveryLook_HaveNoFaultAndFit(int width, ColorScheme theme, bool isEmpty)
    {
        var portal = isEmpty ? site.Empty : site.Full;
        await using var browser = await PageInBrowser.OpenAsync(chromium, portal.Address, width, theme);
        List<string> barriers = [];
        foreach (var path in Paths)
        {
            await browser.GoAsync(path);
            await browser.Page.WaitForFunctionAsync("!document.querySelector('.chart .loading')");
            await browser.Page.ScreenshotAsync(new() { Path = PictureOf(path, width, theme, isEmpty), FullPage = true });

            Assert.True(await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"/{path} scrolls sideways");
            barriers.AddRange(await browser.BarriersAsync());
        }

        Assert.Empty(browser.Faults);
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
    }

    private static string PictureOf(string path, int width, ColorScheme theme, bool isEmpty)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory.Parent is { } parent && !File.Exists(Path.Combine(directory.FullName, "Efento.Portal.sln")))
        {
            directory = parent;
        }

        var name = path.Length == 0 ? "overview" : string.Join('-', path.Split('/', '?', '='));
        return Path.Combine(directory.FullName, "artifacts", "screenshots", $"{name}-{width}-{theme}{(isEmpty ? "-empty" : "")}.png".ToLowerInvariant());
    }

    /// <summary>A portal with much that can be wrong, and one with nothing.</summary>
    public sealed class Site : IAsyncLifetime
    {
        /// <summary>The one with loggers.</summary>
        public PortalUnderTest Full { get; private set; } = null!;

        /// <summary>The one without.</summary>
        public PortalUnderTest Empty { get; private set; } = null!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            Full = await PortalUnderTest.StartAsync();
            Empty = await PortalUnderTest.StartAsync();
            var now = Some.Now();
            await Full.Client.BeatAsync(Some.Heartbeat("282C00000001", uptimeSeconds: 90_000, power: "UNPLUGGED"));
            await Full.Client.MeasureAsync(Some.Body(
            [
                .. Enumerable.Range(0, 240).Where(i => i is < 90 or > 150).Select(i => Some.Record(
                    Logger, now.AddMinutes(-3 * i), null, Some.Param(4 + Math.Sin(i / 9.0)), Some.Param(50 + (i % 7), 2, "humidity"), Some.Param(i % 40 < 2 ? 1 : 0, 3, "open-close"))),
                Some.Record(Some.Serial(), now.AddHours(-5)),
                Some.Record(Some.Serial(), now.AddMinutes(-5)),
                Some.Record(Some.Serial(), now, 8_388_557),
                Some.Record(Some.Serial(), now, null, Some.Param(null, "NO_VALUE"), Some.Param(120, 2, "humidity")),
                Some.Record(Some.Serial(), now.AddMinutes(40)),
                Some.Record(Some.Serial(), now, null, Enumerable.Range(1, 6).Select(c => Some.Param(-20 - c, c))),
                Some.Record(Some.Serial(), now, null, Some.Param(123456789, 1, "elec_meter_acc"), Some.Param(0.5, 2, "an-unknown-type-with-a-name-as-long-as-names-may-be-at-all-here")),
            ]));
            await Full.Get<MaintenanceMode>().StartAsync(TimeSpan.FromHours(1), "A reason that takes more room than a phone has in one line");
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await Full.DisposeAsync();
            await Empty.DisposeAsync();
        }
    }
}
