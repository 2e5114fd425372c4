using System.Globalization;
using Efento.Portal.Simulation;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Simulation;

/// <summary>The rules of the gateway protocol that decide whether data is lost.</summary>
public sealed class VirtualGatewayTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(401)]
    [InlineData(413)]
    [InlineData(500)]
    public async Task SendOnce_AnyStatusBut201_SendsTheSameBytesAgain(int status)
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Next(status);

        var first = await scenario.Gateway.SendOnceAsync();
        scenario.Time.Advance(GatewayScene.Interval);
        var second = await scenario.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.OtherStatus, first.Outcome);
        Assert.Equal(SendOutcome.Received, second.Outcome);
        Assert.Same(first.Message, second.Message);
        Assert.Equal(scenario.Portal.Requests[0].Body, scenario.Portal.Requests[1].Body);
    }

    [Fact]
    public async Task SendOnce_201_AcknowledgesAndForgetsTheMessage()
    {
        await using var scenario = await GatewayScene.SetAsync();

        await scenario.Gateway.SendOnceAsync();
        var next = await scenario.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.NothingToSend, next.Outcome);
        Assert.Equal(2, scenario.Acknowledged.Measurements.Count);
    }

    [Fact]
    public async Task SendOnce_ConnectionBreaks_KeepsTheMessage()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Next(0);

        var broken = await scenario.Gateway.SendOnceAsync();
        var again = await scenario.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.NoAnswer, broken.Outcome);
        Assert.Same(broken.Message, again.Message);
        Assert.Equal(SendOutcome.Received, again.Outcome);
    }

    [Fact]
    public async Task Run_503_PausesFiveMinutesAndSendsTheSameAgain()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Next(503);
        scenario.Run();

        Assert.Equal(TimeSpan.FromMinutes(5), await scenario.NextWaitAsync());
        scenario.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Single(scenario.Portal.Requests);

        scenario.Time.Advance(TimeSpan.FromMilliseconds(1));
        await scenario.NextWaitAsync();
        Assert.Equal(scenario.Portal.Requests[0].Body, scenario.Portal.Requests[1].Body);
    }

    [Fact]
    public async Task Run_503AndAgain503_PausesFiveMinutesEachTime()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Next(503, 503);
        scenario.Run();

        Assert.Equal(TimeSpan.FromMinutes(5), await scenario.NextWaitAsync());
        scenario.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(5), await scenario.NextWaitAsync());
    }

    [Fact]
    public async Task Run_OtherStatus_PausesShortly()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Next(401);
        scenario.Run();

        Assert.Equal(TimeSpan.FromSeconds(10), await scenario.NextWaitAsync());
        scenario.Time.Advance(TimeSpan.FromSeconds(10));
        await scenario.NextWaitAsync();
        Assert.Equal(1, scenario.Gateway.Tally.Acknowledged);
    }

    [Fact]
    public async Task Run_NothingDue_WaitsForTheNextMeasurement()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Run();

        Assert.Equal(GatewayScene.Interval, await scenario.NextWaitAsync());
    }

    [Fact]
    public async Task Run_MeasuringEnded_ReturnsWhenEverythingIsAnswered()
    {
        await using var scenario = await GatewayScene.SetAsync(configure: o => o with
        {
            MeasuringSinceUtc = GatewayScene.Start.AddHours(-1),
            MeasuringUntilUtc = GatewayScene.Start,
            MeasurementsPerMessage = 5,
        });

        await scenario.Gateway.RunAsync(CancellationToken.None).WaitAsync(Until.Patience);

        Assert.Equal(2 * 21, scenario.Acknowledged.Measurements.Count);
        Assert.Null(scenario.Gateway.Pending);
    }

    [Fact]
    public async Task SendOnce_AfterAnOutage_DrainsEverythingInOrderAndOnce()
    {
        await using var scenario = await GatewayScene.SetAsync(loggers: 3, configure: o => o with { MeasurementsPerMessage = 7 });
        scenario.Portal.Next(503, 0, 500, 503);
        for (var i = 0; i < 4; i++)
        {
            await scenario.Gateway.SendOnceAsync();
            scenario.Time.Advance(TimeSpan.FromMinutes(30));
        }

        await scenario.DrainAsync();

        var expected =
            from step in Enumerable.Range(0, 41)
            from logger in scenario.Loggers
            select (logger.Serial, GatewayScene.Start + (step * GatewayScene.Interval));
        Assert.Equal(expected, scenario.Acknowledged.Measurements.Select(m => (m.Serial, m.MeasuredAtUtc)));
    }

    [Fact]
    public async Task SendOnce_MoreThanTenHeaders_IsRefusedAndSentAgain()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Next(new StubAnswer(201) { Headers = [.. Enumerable.Range(0, 7).Select(i => ($"X-Extra-{i}", "1"))] });

        var refused = await scenario.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.Refused, refused.Outcome);
        Assert.Same(refused.Message, scenario.Gateway.Pending);
        Assert.Contains(scenario.Gateway.Tally.Violations, v => v.Kind is ViolationKind.TooManyHeaders);
    }

    [Fact]
    public async Task SendOnce_RepeatedHeader_CountsEachLine()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Next(new StubAnswer(201) { Headers = [.. Enumerable.Range(0, 7).Select(i => ("X-Extra", $"{i}"))] });

        Assert.Equal(SendOutcome.Refused, (await scenario.Gateway.SendOnceAsync()).Outcome);
    }

    [Fact]
    public async Task SendOnce_TenHeaders_IsAccepted()
    {
        await using var scenario = await GatewayScene.SetAsync();

        // The server adds Content-Type, Content-Length, Date and Server.
        scenario.Portal.Next(new StubAnswer(201) { Headers = [.. Enumerable.Range(0, 6).Select(i => ($"X-Extra-{i}", "1"))] });

        Assert.Equal(SendOutcome.Received, (await scenario.Gateway.SendOnceAsync()).Outcome);
    }

    [Fact]
    public async Task SendOnce_Redirect_IsNotFollowed()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Next(new StubAnswer(307) { Headers = [("Location", "/elsewhere")] });

        var result = await scenario.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.OtherStatus, result.Outcome);
        Assert.Equal("/api/v4/measurements", Assert.Single(scenario.Portal.Requests).Path);
        Assert.Contains(scenario.Gateway.Tally.Violations, v => v.Kind is ViolationKind.Redirect);
    }

    [Fact]
    public void Constructor_HandlerThatFollowsRedirects_Throws()
    {
        using var handler = new SocketsHttpHandler();
        var clock = SimulationClock.RealTime(TimeProvider.System);
        var options = GatewayScene.Options(new Uri("http://127.0.0.1:1"));

        Assert.Throws<ArgumentException>(() => new VirtualGateway(options, [], clock, handler));
    }

    [Fact]
    public async Task SendOnce_LoggerAnsweredN_LosesItsBackfillOnly()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Refused.Add(1);
        await scenario.Gateway.SendOnceAsync();
        scenario.Time.Advance(TimeSpan.FromHours(1));

        await scenario.DrainAsync();

        Assert.Equal([scenario.Loggers[0].Serial], scenario.Gateway.KeptLoggers);
        Assert.Equal(21, scenario.Acknowledged.Measurements.Count(m => m.Serial == scenario.Loggers[0].Serial));
        Assert.Equal(
            [GatewayScene.Start, GatewayScene.Start.AddHours(1)],
            scenario.Acknowledged.Measurements.Where(m => m.Serial == scenario.Loggers[1].Serial).Select(m => m.MeasuredAtUtc));
        Assert.Equal(19, scenario.Gateway.Forgotten);
    }

    [Fact]
    public async Task SendOnce_LoggerAnsweredYAfterN_IsKeptAgain()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Refused.Add(1);
        await scenario.Gateway.SendOnceAsync();
        scenario.Portal.Refused.Clear();
        scenario.Time.Advance(GatewayScene.Interval);
        await scenario.DrainAsync();

        Assert.Equal(2, scenario.Gateway.KeptLoggers.Count());
    }

    [Fact]
    public async Task SendOnce_MoreThan60000Waiting_OverwritesTheOldest()
    {
        await using var scenario = await GatewayScene.SetAsync(
            loggers: 1, o => o with { MeasuringSinceUtc = GatewayScene.Start - (60_010 * GatewayScene.Interval) });

        await scenario.Gateway.SendOnceAsync();

        Assert.Equal(11, scenario.Gateway.Forgotten);
        Assert.Equal(GatewayScene.Start - (59_999 * GatewayScene.Interval), scenario.Acknowledged.Measurements.First().MeasuredAtUtc);
    }

    [Fact]
    public async Task SendOnce_EmptyToken_SendsNoHeartbeat()
    {
        await using var scenario = await GatewayScene.SetAsync(configure: o => o with { Token = "" });

        scenario.Time.Advance(TimeSpan.FromHours(1));
        await scenario.DrainAsync();

        Assert.DoesNotContain(scenario.Portal.Requests, r => r.IsHeartbeat);
        Assert.NotEmpty(scenario.Portal.Requests);
    }

    [Fact]
    public async Task SendOnce_Token_SendsHeartbeatEvery15Minutes()
    {
        await using var scenario = await GatewayScene.SetAsync(configure: o => o with { Token = "secret" });

        for (var minute = 0; minute <= 45; minute += 3)
        {
            await scenario.DrainAsync();
            scenario.Time.Advance(TimeSpan.FromMinutes(3));
        }

        var heartbeats = scenario.Portal.Requests.Where(r => r.IsHeartbeat).ToList();
        Assert.Equal(4, heartbeats.Count);
        Assert.Contains("\"uptime\":2700", heartbeats[^1].Body);
        Assert.All(heartbeats, h => Assert.Contains($"\"serial_number\":\"{scenario.Gateway.Serial}\"", h.Body));
    }

    [Fact]
    public async Task Restart_BeginsItsUptimeAnewWithAHeartbeat()
    {
        await using var scenario = await GatewayScene.SetAsync(loggers: 0, o => o with { Token = "token" });
        await scenario.DrainAsync();
        scenario.Time.Advance(TimeSpan.FromMinutes(7));

        scenario.Gateway.Restart();
        await scenario.DrainAsync();

        Assert.Equal(2, scenario.Portal.Requests.Count);
        Assert.Contains("\"uptime\":0", scenario.Portal.Requests[^1].Body);
    }

    [Fact]
    public async Task SendOnce_LoggerThatWasOff_LeavesOutWhatItDidNotMeasure()
    {
        var off = new Period(GatewayScene.Start.AddMinutes(6), GatewayScene.Start.AddMinutes(15));
        await using var scenario = await GatewayScene.SetAsync(loggers: 1, behaviour: new() { Off = [off] });
        scenario.Time.Advance(TimeSpan.FromMinutes(21));

        await scenario.DrainAsync();

        Assert.Equal(
            [0, 3, 15, 18, 21], scenario.Acknowledged.Measurements.Select(m => (m.MeasuredAtUtc - GatewayScene.Start).TotalMinutes));
    }

    [Fact]
    public async Task Run_LoggerFallenSilent_WaitsOnWithoutASend()
    {
        await using var scenario = await GatewayScene.SetAsync(
            loggers: 1, behaviour: new() { Off = [Period.Since(GatewayScene.Start.AddMinutes(1))] });
        scenario.Run();
        Assert.Equal(GatewayScene.Interval, await scenario.NextWaitAsync());

        scenario.Time.Advance(GatewayScene.Interval);

        Assert.Equal(GatewayScene.Interval, await scenario.NextWaitAsync());
        Assert.Single(scenario.Portal.Measurements);
    }

    [Fact]
    public async Task SendOnce_HeartbeatAnswered200_IsSentAgain()
    {
        await using var scenario = await GatewayScene.SetAsync(configure: o => o with { Token = "secret" });
        scenario.Portal.Next(200);

        await scenario.Gateway.SendOnceAsync();
        await scenario.Gateway.SendOnceAsync();

        Assert.True(scenario.Portal.Requests[1].IsHeartbeat);
        Assert.Equal(scenario.Portal.Requests[0].Body, scenario.Portal.Requests[1].Body);
    }

    [Fact]
    public async Task SendOnce_Headers_AreThoseOfARealGateway()
    {
        await using var scenario = await GatewayScene.SetAsync(configure: o => o with
        {
            Token = "secret",
            CustomHeaders = new Dictionary<string, string> { ["X-Gateway-Serial"] = "282C03000001" },
        });

        await scenario.DrainAsync();

        Assert.All(scenario.Portal.Requests, r =>
        {
            Assert.Equal("secret", r.Headers["X-Api-Token"]);
            Assert.Equal("application/json", r.Headers["Content-Type"]);
            Assert.Equal("UTF-8", r.Headers["charset"]);
            Assert.Equal("282C03000001", r.Headers["X-Gateway-Serial"]);
        });
    }

    [Fact]
    public async Task SendOnce_Body_HoldsWhatTheLoggerMeasured()
    {
        await using var scenario = await GatewayScene.SetAsync(loggers: 1);

        await scenario.Gateway.SendOnceAsync();

        var expected = scenario.Loggers[0].MeasureAt(GatewayScene.Start);
        var celsius = expected.Channels[0].Value.Number!.Value.ToString(CultureInfo.InvariantCulture);
        var percent = expected.Channels[1].Value.Number!.Value.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(
            $$"""
            {"measurements":[{"serial":"{{expected.Serial}}","response_handle":0,"battery":"{{expected.Battery}}","signal":{{expected.Signal}},"measured_at":"2026-03-02 08:00:00 UTC","measurement_interval":180,"next_measurement_at":"2026-03-02 08:03:00 UTC","params":[{"channel":1,"type":"temperature","value":{{celsius}},"status":"VALID"},{"channel":2,"type":"humidity","value":{{percent}},"status":"VALID"}]}]}
            """,
            scenario.Portal.Requests[0].Body);
    }

    [Fact]
    public async Task Tally_AfterTrouble_HasCountedEverything()
    {
        await using var scenario = await GatewayScene.SetAsync();
        scenario.Portal.Next(503, 401, 200, 200, 0);

        await scenario.DrainAsync();

        var tally = scenario.Gateway.Tally;
        Assert.Equal(
            (1, 1, 1, 3, 1, 5, 4),
            (tally.Messages, tally.Acknowledged, tally.Busy, tally.Other, tally.NoAnswer, tally.Retries, tally.Readings));
        Assert.Equal([(200, 2L), (401, 1L)], tally.OtherStatuses.Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public async Task Run_Stopped_ReturnsAndKeepsWhatIsUnanswered()
    {
        await using var scenario = await GatewayScene.SetAsync();
        using var stop = new CancellationTokenSource();
        scenario.Portal.Next(503);
        var run = scenario.Gateway.RunAsync(stop.Token);
        await scenario.NextWaitAsync();

        await stop.CancelAsync();
        await run.WaitAsync(Until.Patience);

        Assert.NotNull(scenario.Gateway.Pending);
    }
}
