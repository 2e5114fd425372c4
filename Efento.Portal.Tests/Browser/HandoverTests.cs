using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Browser;

/// <summary>
/// A page is shown before its circuit begins. When the circuit takes over and its answers are late, nothing shown goes and nothing moves.
/// </summary>
[Trait(Category.Name, Category.Browser)]
public sealed class HandoverTests(Chromium chromium, HandoverTests.Site site) : IClassFixture<HandoverTests.Site>
{
    private const string Logger = "282C024FFFB2";

    /// <summary>Moved by more than this, people notice; a chart that is drawn later moves things by less.</summary>
    private const double MostShift = 0.01;

    /// <summary>
    /// Watches from the first byte of each page: the texts of the prerendered page that were gone after any later change, and the sum of
    /// what moved. Times tick, and what says that something is loading goes once it is there.
    /// </summary>
    private const string Watch =
        """
        const lost = new Set();
        const moved = [];
        window.handover = { lost, moved };
        const passing = "script, style, template, [hidden], .loading, .chain, "
          + "portal-age, portal-time, portal-tally, portal-status, portal-live";
        const shownBy = element => element.matches("textarea") ? element.value : [...element.childNodes]
          .filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data).join("");
        const textOf = element => shownBy(element).replace(/\s+/g, " ").trim();
        const texts = () => new Set([...document.body.querySelectorAll("*")]
          .filter(e => !e.closest(passing)).map(textOf).filter(text => text));
        const nameOf = node => node ? `${node.nodeName}.${node.className ?? ""}` : "?";
        new PerformanceObserver(list => list.getEntries().filter(e => !e.hadRecentInput).forEach(e => moved.push(
          { by: e.value, what: e.sources.map(s => `${nameOf(s.node)} ${s.previousRect.y} to ${s.currentRect.y}`).join(", ") })))
          .observe({ type: "layout-shift", buffered: true });
        document.addEventListener("DOMContentLoaded", () => {
          const shown = texts();
          new MutationObserver(() => {
            const now = texts();
            [...shown].filter(text => !now.has(text)).forEach(text => lost.add(text));
          }).observe(document.body, { childList: true, characterData: true, subtree: true });
        });
        """;

    [Theory]
    [InlineData("", "main .logger-tile")]
    [InlineData("points/1", "main .chart .apexcharts-line-series")]
    [InlineData("compare?points=1", "main [data-line]")]
    [InlineData("alarms", "main .alarms a")]
    [InlineData("alarms/1", "main .life")]
    [InlineData("gateways", "main table a")]
    [InlineData("gateways/1", "main table")]
    [InlineData("admin/loggers", "main table")]
    [InlineData("admin/loggers/names", "main table")]
    [InlineData("admin/settings", "main h2")]
    [InlineData("admin/locations", "main h1")]
    [InlineData("admin/rules", "main .tree")]
    [InlineData("admin/channels", "main h1")]
    [InlineData("admin/deliveries", "main h1")]
    [InlineData("admin/notifications", "main table")]
    [InlineData("admin/tokens", "main table")]
    [InlineData("admin/quarantine", "main h1")]
    [InlineData("admin/maintenance", "main h2")]
    [InlineData("admin/backup", "main h2")]
    [InlineData("admin/users", "main table")]
    [InlineData("admin/audit", "main table")]
    [InlineData("account", "main h2")]
    public async Task Page_WhoseAnswersAreLate_ShowsOnWhatItShowed(string path, string shown)
    {
        await using var browser = await PageInBrowser.OpenAsync(chromium, site.Portal.Address, isStill: true);
        await browser.Page.AddInitScriptAsync(Watch);
        var before = site.Database.Late;

        await browser.GoAsync(path);
        await browser.UntilAsync("selector => !!document.querySelector(selector)", shown);
        await browser.UntilAsync("!document.querySelector('.loading')");

        Assert.Empty(await browser.Page.EvaluateAsync<string[]>("[...window.handover.lost]"));
        var shift = await browser.Page.EvaluateAsync<double>("window.handover.moved.reduce((sum, m) => sum + m.by, 0)");
        Assert.True(shift <= MostShift, await browser.Page.EvaluateAsync<string>("JSON.stringify(window.handover.moved)"));
        Assert.True(site.Database.Late > before);
        Assert.Empty(browser.Faults);
    }

    /// <summary>A portal with a logger, a gateway and something in quarantine, whose database answers late.</summary>
    public sealed class Site : IAsyncLifetime
    {
        /// <summary>The database.</summary>
        public LateDatabase Database { get; } = new();

        /// <summary>The portal.</summary>
        public PortalUnderTest Portal { get; private set; } = null!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            Portal = await PortalUnderTest.StartAsync(
                new()
                {
                    Customise = builder =>
                    {
                        Database.AddTo(builder);
                        builder.Services.AddScoped<CircuitHandler, ForgettingCircuit>();
                        RecordingSender.Replacing(new(ChannelKind.Email), new(ChannelKind.Webhook))(builder);
                    },
                });
            var now = Some.Now();
            await Portal.Client.BeatAsync(Some.Heartbeat("282C00000001", uptimeSeconds: 90_000));
            await Portal.Client.MeasureAsync(Some.Body(
            [
                .. Enumerable.Range(0, 120).Select(
                    i => Some.Record(Logger, now.AddMinutes(-3 * i), null, Some.Param(4 + Math.Sin(i / 9.0)))),
                Some.Record(Some.Serial(), now),
            ]));
            await Portal.RuleAsync(AlarmBench.Fridge());
            await Portal.TellAsync(NotificationBench.NightAndDay);
            await Portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), now, 9.5)));
            Assert.NotEmpty(await Portal.AlarmsAsync());
            await Portal.Client.MeasureAsync("no JSON");

            // The alarm about it is there before the pages are, and people were told at once: nothing changes beneath them.
            Assert.NotEmpty(await Portal.LookAsync());
            var soon = Some.Now().AddMinutes(1).ToUnixTimeMilliseconds();
            await Until.TrueAsync(() => Portal.Database.Count($"delivery WHERE state IN (1, 2) AND next_utc <= {soon}") == 0);
            Database.IsLate = true;
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }

    /// <summary>What memory knows of loggers is asked for anew, so that a circuit's answers about them are late, too.</summary>
    private sealed class ForgettingCircuit(LoggerRoster roster) : CircuitHandler
    {
        public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            roster.Forget();
            return Task.CompletedTask;
        }
    }
}
