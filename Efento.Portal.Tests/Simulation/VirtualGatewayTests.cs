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
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Next(status);

        var first = await scene.Gateway.SendOnceAsync();
        scene.Time.Advance(GatewayScene.Interval);
        var second = await scene.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.OtherStatus, first.Outcome);
        Assert.Equal(SendOutcome.Received, second.Outcome);
        Assert.Same(first.Message, second.Message);
        Assert.Equal(scene.Portal.Requests[0].Body, scene.Portal.Requests[1].Body);
    }

    [Fact]
    public async Task SendOnce_201_AcknowledgesAndForgetsTheMessage()
    {
        await using var scene = await GatewayScene.SetAsync();

        await scene.Gateway.SendOnceAsync();
        var next = await scene.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.NothingToSend, next.Outcome);
        Assert.Equal(2, scene.Acknowledged.Measurements.Count);
    }

    [Fact]
    public async Task SendOnce_ConnectionBreaks_KeepsTheMessage()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Next(0);

        var broken = await scene.Gateway.SendOnceAsync();
        var again = await scene.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.NoAnswer, broken.Outcome);
        Assert.Same(broken.Message, again.Message);
        Assert.Equal(SendOutcome.Received, again.Outcome);
    }

    [Fact]
    public async Task Run_503_PausesFiveMinutesAndSendsTheSameAgain()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Next(503);
        scene.Run();

        Assert.Equal(TimeSpan.FromMinutes(5), await scene.NextWaitAsync());
        scene.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Single(scene.Portal.Requests);

        scene.Time.Advance(TimeSpan.FromMilliseconds(1));
        await scene.NextWaitAsync();
        Assert.Equal(scene.Portal.Requests[0].Body, scene.Portal.Requests[1].Body);
    }

    [Fact]
    public async Task Run_503AndAgain503_PausesFiveMinutesEachTime()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Next(503, 503);
        scene.Run();

        Assert.Equal(TimeSpan.FromMinutes(5), await scene.NextWaitAsync());
        scene.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(5), await scene.NextWaitAsync());
    }

    [Fact]
    public async Task Run_OtherStatus_PausesShortly()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Next(401);
        scene.Run();

        Assert.Equal(TimeSpan.FromSeconds(10), await scene.NextWaitAsync());
        scene.Time.Advance(TimeSpan.FromSeconds(10));
        await scene.NextWaitAsync();
        Assert.Equal(1, scene.Gateway.Tally.Acknowledged);
    }

    [Fact]
    public async Task Run_NothingDue_WaitsForTheNextMeasurement()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Run();

        Assert.Equal(GatewayScene.Interval, await scene.NextWaitAsync());
    }

    [Fact]
    public async Task Run_MeasuringEnded_ReturnsWhenEverythingIsAnswered()
    {
        await using var scene = await GatewayScene.SetAsync(configure: o => o with
        {
            MeasuringSinceUtc = GatewayScene.Start.AddHours(-1),
            MeasuringUntilUtc = GatewayScene.Start,
            MeasurementsPerMessage = 5,
        });

        await scene.Gateway.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2 * 21, scene.Acknowledged.Measurements.Count);
        Assert.Null(scene.Gateway.Pending);
    }

    [Fact]
    public async Task SendOnce_AfterAnOutage_DrainsEverythingInOrderAndOnce()
    {
        await using var scene = await GatewayScene.SetAsync(loggers: 3, configure: o => o with { MeasurementsPerMessage = 7 });
        scene.Portal.Next(503, 0, 500, 503);
        for (var i = 0; i < 4; i++)
        {
            await scene.Gateway.SendOnceAsync();
            scene.Time.Advance(TimeSpan.FromMinutes(30));
        }

        await scene.DrainAsync();

        var expected =
            from step in Enumerable.Range(0, 41)
            from logger in scene.Loggers
            select (logger.Serial, GatewayScene.Start + (step * GatewayScene.Interval));
        Assert.Equal(expected, scene.Acknowledged.Measurements.Select(m => (m.Serial, m.MeasuredAtUtc)));
    }

    [Fact]
    public async Task SendOnce_MoreThanTenHeaders_IsRefusedAndSentAgain()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Next(new StubAnswer(201) { Headers = [.. Enumerable.Range(0, 7).Select(i => ($"X-Extra-{i}", "1"))] });

        var refused = await scene.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.Refused, refused.Outcome);
        Assert.Same(refused.Message, scene.Gateway.Pending);
        Assert.Contains(scene.Gateway.Tally.Violations, v => v.Kind is ViolationKind.TooManyHeaders);
    }

    [Fact]
    public async Task SendOnce_RepeatedHeader_CountsEachLine()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Next(new StubAnswer(201) { Headers = [.. Enumerable.Range(0, 7).Select(i => ("X-Extra", $"{i}"))] });

        Assert.Equal(SendOutcome.Refused, (await scene.Gateway.SendOnceAsync()).Outcome);
    }

    [Fact]
    public async Task SendOnce_TenHeaders_IsAccepted()
    {
        await using var scene = await GatewayScene.SetAsync();

        // The server adds Content-Type, Content-Length, Date and Server.
        scene.Portal.Next(new StubAnswer(201) { Headers = [.. Enumerable.Range(0, 6).Select(i => ($"X-Extra-{i}", "1"))] });

        Assert.Equal(SendOutcome.Received, (await scene.Gateway.SendOnceAsync()).Outcome);
    }

    [Fact]
    public async Task SendOnce_Redirect_IsNotFollowed()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Next(new StubAnswer(307) { Headers = [("Location", "/elsewhere")] });

        var result = await scene.Gateway.SendOnceAsync();

        Assert.Equal(SendOutcome.OtherStatus, result.Outcome);
        Assert.Equal("/api/v4/measurements", Assert.Single(scene.Portal.Requests).Path);
        Assert.Contains(scene.Gateway.Tally.Violations, v => v.Kind is ViolationKind.Redirect);
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
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Refused.Add(1);
        await scene.Gateway.SendOnceAsync();
        scene.Time.Advance(TimeSpan.FromHours(1));

        await scene.DrainAsync();

        Assert.Equal([scene.Loggers[0].Serial], scene.Gateway.KeptLoggers);
        Assert.Equal(21, scene.Acknowledged.Measurements.Count(m => m.Serial == scene.Loggers[0].Serial));
        Assert.Equal(
            [GatewayScene.Start, GatewayScene.Start.AddHours(1)],
            scene.Acknowledged.Measurements.Where(m => m.Serial == scene.Loggers[1].Serial).Select(m => m.MeasuredAtUtc));
        Assert.Equal(19, scene.Gateway.Forgotten);
    }

    [Fact]
    public async Task SendOnce_LoggerAnsweredYAfterN_IsKeptAgain()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Refused.Add(1);
        await scene.Gateway.SendOnceAsync();
        scene.Portal.Refused.Clear();
        scene.Time.Advance(GatewayScene.Interval);
        await scene.DrainAsync();

        Assert.Equal(2, scene.Gateway.KeptLoggers.Count());
    }

    [Fact]
    public async Task SendOnce_MoreThan60000Waiting_OverwritesTheOldest()
    {
        await using var scene = await GatewayScene.SetAsync(loggers: 1, o => o with { MeasuringSinceUtc = GatewayScene.Start - (60_010 * GatewayScene.Interval) });

        await scene.Gateway.SendOnceAsync();

        Assert.Equal(11, scene.Gateway.Forgotten);
        Assert.Equal(GatewayScene.Start - (59_999 * GatewayScene.Interval), scene.Acknowledged.Measurements.First().MeasuredAtUtc);
    }

    [Fact]
    public async Task SendOnce_EmptyToken_SendsNoHeartbeat()
    {
        await using var scene = await GatewayScene.SetAsync(configure: o => o with { Token = "" });

        scene.Time.Advance(TimeSpan.FromHours(1));
        await scene.DrainAsync();

        Assert.DoesNotContain(scene.Portal.Requests, r => r.IsHeartbeat);
        Assert.NotEmpty(scene.Portal.Requests);
    }

    [Fact]
    public async Task SendOnce_Token_SendsHeartbeatEvery15Minutes()
    {
        await using var scene = await GatewayScene.SetAsync(configure: o => o with { Token = "secret" });

        for (var minute = 0; minute <= 45; minute += 3)
        {
            await scene.DrainAsync();
            scene.Time.Advance(TimeSpan.FromMinutes(3));
        }

        var heartbeats = scene.Portal.Requests.Where(r => r.IsHeartbeat).ToList();
        Assert.Equal(4, heartbeats.Count);
        Assert.Contains("\"uptime\":2700", heartbeats[^1].Body);
        Assert.All(heartbeats, h => Assert.Contains($"\"serial_number\":\"{scene.Gateway.Serial}\"", h.Body));
    }

    [Fact]
    public async Task Restart_BeginsItsUptimeAnewWithAHeartbeat()
    {
        await using var scene = await GatewayScene.SetAsync(loggers: 0, o => o with { Token = "token" });
        await scene.DrainAsync();
        scene.Time.Advance(TimeSpan.FromMinutes(7));

        scene.Gateway.Restart();
        await scene.DrainAsync();

        Assert.Equal(2, scene.Portal.Requests.Count);
        Assert.Contains("\"uptime\":0", scene.Portal.Requests[^1].Body);
    }

    [Fact]
    public async Task SendOnce_LoggerThatWasOff_LeavesOutWhatItDidNotMeasure()
    {
        var off = new Stretch(GatewayScene.Start.AddMinutes(6), GatewayScene.Start.AddMinutes(15));
        await using var scene = await GatewayScene.SetAsync(loggers: 1, story: new() { Off = [off] });
        scene.Time.Advance(TimeSpan.FromMinutes(21));

        await scene.DrainAsync();

        Assert.Equal([0, 3, 15, 18, 21], scene.Acknowledged.Measurements.Select(m => (m.MeasuredAtUtc - GatewayScene.Start).TotalMinutes));
    }

    [Fact]
    public async Task Run_LoggerFallenSilent_WaitsOnWithoutASend()
    {
        await using var scene = await GatewayScene.SetAsync(loggers: 1, story: new() { Off = [Stretch.Since(GatewayScene.Start.AddMinutes(1))] });
        scene.Run();
        Assert.Equal(GatewayScene.Interval, await scene.NextWaitAsync());

        scene.Time.Advance(GatewayScene.Interval);

        Assert.Equal(GatewayScene.Interval, await scene.NextWaitAsync());
        Assert.Single(scene.Portal.Measurements);
    }

    [Fact]
    public async Task SendOnce_HeartbeatAnswered200_IsSentAgain()
    {
        await using var scene = await GatewayScene.SetAsync(configure: o => o with { Token = "secret" });
        scene.Portal.Next(200);

        await scene.Gateway.SendOnceAsync();
        await scene.Gateway.SendOnceAsync();

        Assert.True(scene.Portal.Requests[1].IsHeartbeat);
        Assert.Equal(scene.Portal.Requests[0].Body, scene.Portal.Requests[1].Body);
    }

    [Fact]
    public async Task SendOnce_Headers_AreThoseOfARealGateway()
    {
        await using var scene = await GatewayScene.SetAsync(configure: o => o with
        {
            Token = "secret",
            CustomHeaders = new Dictionary<string, string> { ["X-Gateway-Serial"] = "282C03000001" },
        });

        await scene.DrainAsync();

        Assert.All(scene.Portal.Requests, r =>
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
        await using var scene = await GatewayScene.SetAsync(loggers: 1);

        await scene.Gateway.SendOnceAsync();

        var expected = scene.Loggers[0].MeasureAt(GatewayScene.Start);
        var celsius = expected.Channels[0].Value.Number!.Value.ToString(CultureInfo.InvariantCulture);
        var percent = expected.Channels[1].Value.Number!.Value.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(
            $$"""
            {"measurements":[{"serial":"{{expected.Serial}}","response_handle":0,"battery":"{{expected.Battery}}","signal":{{expected.Signal}},"measured_at":"2026-03-02 08:00:00 UTC","measurement_interval":180,"next_measurement_at":"2026-03-02 08:03:00 UTC","params":[{"channel":1,"type":"temperature","value":{{celsius}},"status":"VALID"},{"channel":2,"type":"humidity","value":{{percent}},"status":"VALID"}]}]}
            """,
            scene.Portal.Requests[0].Body);
    }

    [Fact]
    public async Task Tally_AfterTrouble_HasCountedEverything()
    {
        await using var scene = await GatewayScene.SetAsync();
        scene.Portal.Next(503, 401, 200, 200, 0);

        await scene.DrainAsync();

        var tally = scene.Gateway.Tally;
        Assert.Equal((1, 1, 1, 3, 1, 5, 4), (tally.Messages, tally.Acknowledged, tally.Busy, tally.Other, tally.NoAnswer, tally.Retries, tally.Readings));
        Assert.Equal([(200, 2L), (401, 1L)], tally.OtherStatuses.Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public async Task Run_Stopped_ReturnsAndKeepsWhatIsUnanswered()
    {
        await using var scene = await GatewayScene.SetAsync();
        using var stop = new CancellationTokenSource();
        scene.Portal.Next(503);
        var run = scene.Gateway.RunAsync(stop.Token);
        await scene.NextWaitAsync();

        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.NotNull(scene.Gateway.Pending);
    }
}
