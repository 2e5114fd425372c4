using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Telemetry;

/// <summary>Prometheus itself, as Debian has it, takes the figures and the files of docs/prometheus.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class PrometheusTests
{
    private static readonly string Alerts = RepositoryFiles.PathOf("docs/prometheus/alerts.yml");

    [Fact]
    public async Task Metrics_PassTheChecksOfPromtool()
    {
        await using var portal = await MeasuredAsync();
        var reply = await portal.AskAsync("/metrics");

        var (code, said) = await RunAsync("promtool", ["check", "metrics"], reply.Body);

        Assert.True(code == 0, said);
        Assert.Equal("", said);
    }

    [Fact]
    public async Task Alerts_PassTheChecksOfPromtool()
    {
        var (code, said) = await RunAsync("promtool", ["check", "rules", Alerts], "");

        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task Prometheus_ScrapesThePortal_WithItsToken()
    {
        await using var portal = await MeasuredAsync();
        using var directory = new TemporaryDirectory();
        var port = Support.ServerProcess.FreePort();
        var token = Path.Combine(directory.Path, "token");
        await File.WriteAllTextAsync(token, PortalUnderTest.ApiToken, TestContext.Current.CancellationToken);
        var settings = Path.Combine(directory.Path, "prometheus.yml");
        await File.WriteAllTextAsync(
            settings,
            $$"""
            global: { scrape_interval: 1s }
            rule_files: ["{{Alerts}}"]
            scrape_configs:
              - job_name: efento-portal
                authorization: { credentials_file: {{token}} }
                static_configs: [{ targets: ["127.0.0.1:{{portal.Address.Port}}"] }]
            """,
            TestContext.Current.CancellationToken);
        using var prometheus = await new Support.ServerProcess(
            "prometheus", $"--config.file={settings}", $"--storage.tsdb.path={directory.Path}/data",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}")).ListeningAsync(port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };

        await Until.TrueAsync(async () => await AskAsync(http, "up{job=\"efento-portal\"}") == "1");
        await Until.TrueAsync(async () =>
            await AskAsync(http, "efento_ingest_messages_total{http_response_status_code=\"201\",efento_message_kind=\"measurements\"}") == "1");
        Assert.Equal("1", await AskAsync(http, "sum(efento_loggers{efento_logger_state=~\"fresh|due\"})"));
    }

    [Theory]
    [InlineData("docs/prometheus/alerts.yml")]
    [InlineData("docs/prometheus/dashboard.json")]
    public async Task Files_NameOnlyMetricsThatExist(string file)
    {
        await using var portal = await MeasuredAsync();
        var there = NamesOf(portal);
        var asked = Scrape.NamesIn(RepositoryFiles.TextOf(file).Replace("\\\"", "\"", StringComparison.Ordinal)).Distinct().ToList();

        Assert.InRange(asked.Count, 10, 100);
        Assert.Equal([], asked.Except(there));
    }

    /// <summary>What the names of metrics are made of is what the exporter makes of them.</summary>
    [Fact]
    public async Task Names_OfWhatIsScraped_AreThoseOfTheInstruments()
    {
        await using var portal = await MeasuredAsync();
        var there = NamesOf(portal);

        var scraped = (await portal.ScrapeAsync())
            .Select(line => line.Split('{', ' ')[0])
            .Where(name => !name.StartsWith("target_", StringComparison.Ordinal))
            .Distinct()
            .ToList();

        Assert.Contains("efento_loggers", scraped);
        Assert.Equal([], scraped.Except(there));
    }

    [Fact]
    public void Dashboard_EachPanel_HasATitleAndQueries()
    {
        var panels = JsonElement.Parse(RepositoryFiles.TextOf("docs/prometheus/dashboard.json")).GetProperty("panels").EnumerateArray().ToList();

        Assert.NotEmpty(panels);
        Assert.All(panels, panel =>
        {
            Assert.NotEmpty(panel.GetProperty("title").GetString()!);
            Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.NotEmpty(target.GetProperty("expr").GetString()!));
        });
        Assert.Distinct(panels.Select(panel => panel.GetProperty("id").GetInt32()));
    }

    private static async Task<PortalUnderTest> MeasuredAsync()
    {
        var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
        return portal;
    }

    /// <summary>The names under which Prometheus knows the instruments of a portal, also those that have no figure yet.</summary>
    private static HashSet<string> NamesOf(PortalUnderTest portal)
    {
        HashSet<string> names = [];

        // The framework makes its figures of open pages with the first one.
        portal.Services.GetRequiredService(typeof(Circuit).Assembly.GetType("Microsoft.AspNetCore.Components.Server.Circuits.CircuitMetrics", true)!);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, portal.Get<IMeterFactory>()))
                {
                    names.UnionWith(NamesOf(instrument));
                }
            },
        };
        listener.Start();
        return names;
    }

    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var name = instrument.Name.Replace('.', '_') + unit;
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"]
            : kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal)
                ? [$"{name}_total"]
            : [name];
    }

    private static async Task<string?> AskAsync(HttpClient http, string query)
    {
        using var answer = await http.GetAsync($"api/v1/query?query={Uri.EscapeDataString(query)}", TestContext.Current.CancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            // It listens before it is ready.
            return null;
        }

        var found = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .GetProperty("data")
            .GetProperty("result");
        return found.GetArrayLength() == 0 ? null : found[0].GetProperty("value")[1].GetString();
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
