using CsCheck;

namespace Efento.Portal.Tests.Simulation;

/// <summary>Whatever a server answers in between, a gateway delivers everything once and in order.</summary>
public sealed class GatewayOutageProperties
{
    // 0 breaks the connection.
    private static readonly Gen<int> Statuses = Gen.OneOf(new[] { 0, 200, 201, 201, 302, 401, 413, 500, 503 }.Select(Gen.Const).ToArray());

    [Fact]
    public Task SendOnce_AnyAnswers_AcknowledgesEverythingOnceAndInOrder() =>
        Gen.Select(Statuses.Array[0, 20], Gen.Int[1, 40], Gen.Int[0, 60]).SampleAsync(
            async (statuses, perMessage, minutesBetween) =>
            {
                await using var scenario = await GatewayScene.SetAsync(configure: o => o with { MeasurementsPerMessage = perMessage });
                scenario.Portal.Next(statuses);
                foreach (var _ in statuses)
                {
                    await scenario.Gateway.SendOnceAsync();
                    scenario.Time.Advance(TimeSpan.FromMinutes(minutesBetween));
                }

                await scenario.DrainAsync(attempts: 2_000);

                Assert.Equal(Expected(scenario), scenario.Acknowledged.Measurements.Select(m => (m.Serial, m.MeasuredAtUtc)));
                Assert.Equal(scenario.Portal.Requests.Count, scenario.Gateway.Tally.Messages + scenario.Gateway.Tally.Retries);
            },
            iter: 40,
            threads: 1);

    private static IEnumerable<(string, DateTimeOffset)> Expected(GatewayScene scenario)
    {
        for (var time = GatewayScene.Start; time <= scenario.Time.GetUtcNow(); time += GatewayScene.Interval)
        {
            foreach (var logger in scenario.Loggers)
            {
                yield return (logger.Serial, time);
            }
        }
    }
}
