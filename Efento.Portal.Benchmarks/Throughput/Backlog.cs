using System.Diagnostics;
using System.Globalization;
using System.Text;
using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Throughput;

/// <summary>What a gateway sends after a long outage: everything one logger can hold, in one message.</summary>
internal static class Backlog
{
    /// <summary>Measurements a logger stores.</summary>
    public const int Records = 60_000;

    /// <summary>Posts the backlogs of <paramref name="loggers"/> one after the other; gives how long the slowest took.</summary>
    public static async Task<TimeSpan> PostAsync(int port, int loggers, CancellationToken stopping)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Add("X-Api-Token", ServerProcess.Token);
        var slowest = TimeSpan.Zero;
        for (var logger = 0; logger < loggers; logger++)
        {
            using var body = new ByteArrayContent(Body(logger));
            body.Headers.ContentType = new("application/json");
            var begin = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync(new Uri("/api/v4/measurements", UriKind.Relative), body, stopping);
            var took = Stopwatch.GetElapsedTime(begin);
            if ((int)answer.StatusCode != StatusCodes.Status201Created)
            {
                throw new InvalidOperationException($"The backlog was answered {(int)answer.StatusCode}.");
            }

            slowest = took > slowest ? took : slowest;
        }

        return slowest;
    }

    private static byte[] Body(int logger)
    {
        var text = new StringBuilder("{\"measurements\":[");
        for (var i = 0; i < Records; i++)
        {
            var at = Fleet.FirstMeasurementUtc.AddMinutes(i - Records);
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""
                {"serial":"{{FleetMessage.Serial(LoadOptions.FleetLoggers + logger)}}","response_handle":0,"battery":"ok","signal":-70,"measured_at":"{{at:yyyy-MM-dd HH:mm:ss}}","measurement_interval":60,"next_measurement_at":"{{at.AddMinutes(1):yyyy-MM-dd HH:mm:ss}}","params":[{"channel":1,"type":"temperature","value":{{20 + (i % 50 / 10d)}}},{"channel":2,"type":"humidity","value":{{40 + (i % 20)}}}]}
                """);
        }

        return Encoding.ASCII.GetBytes(text.Append("]}").ToString());
    }
}
