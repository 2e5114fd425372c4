using Efento.Portal.Tests.Notifications;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Telemetry;

/// <summary>The figures are true.</summary>
public sealed class FigureTests : NotificationContext
{
    [Fact]
    public async Task Messages_AreCounted_ByKindAndAnswer()
    {
        await MeasureAsync(4);
        await Portal.Client.MeasureAsync("not a body");
        await Portal.Client.BeatAsync(Some.Heartbeat("282CFFFFFFFF"));
        await Portal.Client.PostAsync(GatewayPaths.Measurements, [], request => request.Headers.Remove("X-Api-Token"));

        var figures = await Portal.ScrapeAsync();

        Assert.Contains("efento_ingest_messages_total{efento_message_kind=\"measurements\",http_response_status_code=\"201\"} 2", figures);
        Assert.Contains("efento_ingest_messages_total{efento_message_kind=\"heartbeat\",http_response_status_code=\"201\"} 1", figures);
        Assert.Contains("efento_ingest_messages_total{efento_message_kind=\"measurements\",http_response_status_code=\"401\"} 1", figures);
        Assert.Contains("efento_ingest_quarantined_total 1", figures);
    }

    [Fact]
    public async Task Readings_AreCounted_ByOutcome()
    {
        var at = Some.Now(Time);
        foreach (var value in (double[])[4, 4, 5])
        {
            await Portal.Client.MeasureAsync(Some.Body(Some.Record(Serial, at, value)));
        }

        var figures = await Portal.ScrapeAsync();

        Assert.Contains("efento_ingest_readings_total{efento_outcome=\"new\"} 1", figures);
        Assert.Contains("efento_ingest_readings_total{efento_outcome=\"duplicate\"} 1", figures);
        Assert.Contains("efento_ingest_readings_total{efento_outcome=\"conflict\"} 1", figures);
    }

    [Fact]
    public async Task Commits_HaveTheirDuration_AndThatOfTheirSync()
    {
        await MeasureAsync(4);
        await MeasureAsync(5);

        var figures = await Portal.ScrapeAsync();

        Assert.Contains("efento_ingest_commit_duration_seconds_count 2", figures);
        Assert.Contains("efento_ingest_sync_duration_seconds_count 2", figures);
        Assert.Contains(figures, line => line.StartsWith("efento_ingest_sync_duration_seconds_bucket{le=\"0.005\"} ", StringComparison.Ordinal));
        Assert.Contains("efento_ingest_queue_messages 0", figures);
    }

    [Fact]
    public async Task Loggers_AreCounted_ByCondition()
    {
        await MeasureAsync(4, Some.Serial());
        Time.Advance(TimeSpan.FromDays(1));
        await MeasureAsync(4);

        var figures = await Portal.ScrapeAsync();

        Assert.Contains("efento_loggers{efento_logger_state=\"fresh\"} 1", figures);
        Assert.Contains("efento_loggers{efento_logger_state=\"silent\"} 1", figures);
        Assert.Contains("efento_loggers{efento_logger_state=\"held\"} 0", figures);
    }

    [Fact]
    public async Task Alarms_AreCounted_ByLevel()
    {
        await MeasureAsync(11);

        var figures = await Portal.ScrapeAsync();

        var active = figures.Where(line => line.StartsWith("efento_alarms_active", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, active.Count);
        Assert.Single(active, line => line.Contains("acknowledged=\"false\"", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));
        Assert.Equal(3, active.Count(line => line.EndsWith(" 0", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deliveries_AreAmongThem()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await Until.TrueAsync(async () => (await Portal.ScrapeAsync())
            .Contains("efento_deliveries_total{efento_channel_kind=\"email\",efento_outcome=\"accepted\"} 1"));

        Assert.Contains(
            (await Portal.ScrapeAsync()).Where(line => line.StartsWith("efento_delivery", StringComparison.Ordinal)),
            line => line.StartsWith("efento_delivery_send_duration_seconds_bucket{", StringComparison.Ordinal)
                && line.Contains("le=\"0.025\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DatabaseAndDisk_HaveTheirSize()
    {
        await MeasureAsync(4);

        var figures = await Portal.ScrapeAsync();

        Assert.Contains($"efento_database_size_bytes{{efento_database_file=\"data\"}} {new FileInfo(Portal.Database.Path).Length}", figures);
        Assert.InRange(FigureOf(figures, "efento_disk_free_bytes"), 1, FigureOf(figures, "efento_disk_size_bytes"));
    }

    /// <summary>The names of meters are known to the whole process.</summary>
    [Fact]
    public async Task AnotherPortalOfTheProcess_IsNotCounted()
    {
        await using var other = await PortalUnderTest.StartAsync();
        await other.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));

        Assert.DoesNotContain(await Portal.ScrapeAsync(), line => line.StartsWith("efento_ingest_messages_total", StringComparison.Ordinal));
    }

    private static double FigureOf(IEnumerable<string> figures, string name) => double.Parse(
        figures.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ')[1],
        System.Globalization.CultureInfo.InvariantCulture);
}
