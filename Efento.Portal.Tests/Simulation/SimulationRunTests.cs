using Efento.Portal.Simulation;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Simulation;

/// <summary>Many gateways at once, in scaled real time.</summary>
public sealed class SimulationRunTests
{
    // Half a second at 600 times the speed are 5 minutes: 10 steps of 30 s, and the one before the start.
    private const int Steps = 11;

    [Fact]
    public async Task Run_ShortAndFast_SendsEveryMeasurementOnce()
    {
        await using var portal = await StubPortal.StartAsync();
        using var run = new SimulationRun(Options(portal), TimeProvider.System);

        var summary = await run.RunAsync(CancellationToken.None).WaitAsync(Until.Patience);

        var keys = portal.Measurements.SelectMany(r => r.Keys).ToList();
        Assert.True(summary.IsClean);
        Assert.Equal(keys.Count, keys.Distinct().Count());

        Assert.All(keys.CountBy(k => k.Serial), k => Assert.Equal(Steps, k.Value));
        Assert.Equal(6, keys.Select(k => k.Serial).Distinct().Count());
        Assert.Equal(summary.Messages, portal.Requests.Count);
    }

    [Fact]
    public async Task Run_Faster_EndsInThePresent()
    {
        await using var portal = await StubPortal.StartAsync();
        using var run = new SimulationRun(Options(portal), TimeProvider.System);

        await run.RunAsync(CancellationToken.None).WaitAsync(Until.Patience);

        var newest = portal.Measurements.SelectMany(r => r.Keys).Max(k => DateTimeOffset.Parse(k.MeasuredAt.Replace(" UTC", "Z")));
        Assert.InRange(newest, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Run_Outage_LosesNothing()
    {
        await using var portal = await StubPortal.StartAsync();
        portal.Next(503, 401, 0, 503, 500, 200);
        var acknowledged = new AcknowledgedReadings();
        using var run = new SimulationRun(Options(portal), TimeProvider.System);
        foreach (var gateway in run.Gateways)
        {
            gateway.Events.Acknowledged = acknowledged.Add;
        }

        var summary = await run.RunAsync(CancellationToken.None).WaitAsync(Until.Patience);

        Assert.True(summary.IsClean);
        Assert.Equal((2, 3, 1, 6), (summary.Busy, summary.Other, summary.NoAnswer, summary.Retries));
        Assert.All(acknowledged.Measurements.CountBy(m => m.Serial), m => Assert.Equal(Steps, m.Value));
        Assert.Equal(
            acknowledged.Measurements.Count, acknowledged.Measurements.Select(m => (m.Serial, m.MeasuredAtUtc)).Distinct().Count());
    }

    [Fact]
    public async Task Run_History_IsSentFirst()
    {
        await using var portal = await StubPortal.StartAsync();
        using var run = new SimulationRun(Options(portal) with { Gateways = 1, History = TimeSpan.FromHours(1) }, TimeProvider.System);

        await run.RunAsync(CancellationToken.None).WaitAsync(Until.Patience);

        var times = portal.Measurements.SelectMany(r => r.Keys)
            .Where(k => k.Serial == SimulatedSerial.OfLogger(1, 0))
            .Select(k => k.MeasuredAt)
            .ToList();
        Assert.Equal(120 + Steps, times.Count);
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task Run_NothingAnswered_EndsAfterTheDrainTime()
    {
        using var run = new SimulationRun(Unreachable with { DrainFor = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);

        var summary = await run.RunAsync(CancellationToken.None).WaitAsync(Until.Patience);

        Assert.False(summary.IsClean);
        Assert.Equal(2, summary.Unanswered);
        Assert.True(summary.NoAnswer > 2);
    }

    [Fact]
    public async Task Run_Stopped_EndsAtOnce()
    {
        await using var portal = await StubPortal.StartAsync();
        using var run = new SimulationRun(Options(portal) with { Speed = 1, Duration = null }, TimeProvider.System);
        using var stop = new CancellationTokenSource();

        var running = run.RunAsync(stop.Token);
        await stop.CancelAsync();

        await running.WaitAsync(Until.Patience);
    }

    [Fact]
    public async Task Run_SeveralTokens_GatewaysTakeTurns()
    {
        await using var portal = await StubPortal.StartAsync();
        using var run = new SimulationRun(Options(portal) with { Gateways = 3, Tokens = ["a", "b"] }, TimeProvider.System);

        await run.RunAsync(CancellationToken.None).WaitAsync(Until.Patience);

        var used = portal.Requests.Select(r => (r.Headers["X-Gateway-Serial"], r.Headers["X-Api-Token"])).Distinct().Order();
        Assert.Equal(
            [(SimulatedSerial.OfGateway(1, 0), "a"), (SimulatedSerial.OfGateway(1, 1), "b"), (SimulatedSerial.OfGateway(1, 2), "a")],
            used);
    }

    private static readonly SimulationOptions Unreachable = new()
    {
        Server = new Uri("http://127.0.0.1:1"),
        Tokens = ["token"],
        Gateways = 2,
        Loggers = 3,
        Interval = TimeSpan.FromSeconds(30),
        Speed = 600,
        Duration = TimeSpan.FromSeconds(0.5),
    };

    private static SimulationOptions Options(StubPortal portal) => Unreachable with { Server = portal.Address };
}
