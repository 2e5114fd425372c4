using System.Net.Sockets;
using Efento.Portal.Simulation;

namespace Efento.Portal.Tests.Support;

/// <summary>
/// Virtual gateways that have much to deliver and deliver it as fast as they are answered, to a portal that may fail, vanish and come
/// back at another port. Their time runs faster, so that five minutes of patience are a moment.
/// </summary>
public sealed class GatewayFleet : IAsyncDisposable
{
    private const double Speed = 1200;

    /// <summary>How many gateways they are.</summary>
    public const int Count = 8;

    private const int LoggersEach = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private static readonly LoggerKind[] Kinds = [LoggerKind.Fridge, LoggerKind.FridgeWithDoor, LoggerKind.MeetingRoom];

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SocketsHttpHandler _handler = GatewayHttp.CreateHandler();
    private readonly HeldHandler _held;
    private readonly List<VirtualGateway> _gateways = [];
    private readonly AcknowledgedReadings _acknowledged = new();
    private Task _run = Task.CompletedTask;
    private readonly TimeSpan? _measured;
    private volatile Uri? _portal;
    private long _messages;

    /// <summary>Gateways that never run out of measurements, or whose loggers stopped after this time of measuring.</summary>
    /// <param name="measured">For how long the loggers measured; null for ever.</param>
    /// <param name="holdsAfter">
    /// How many messages are acknowledged before they wait for <see cref="GoOn"/>, so that they don't run out before the test does what it
    /// is about; null for no end.
    /// </param>
    public GatewayFleet(TimeSpan? measured = null, long? holdsAfter = null)
    {
        _measured = measured;
        _handler.ConnectCallback = ConnectAsync;
        _held = new HeldHandler(_handler, () => Acknowledged >= holdsAfter ? _goOn.Task : Task.CompletedTask);

        // Far enough in the past never to get ahead of the portal's clock.
        var clock = new SimulationClock(TimeProvider.System, Speed, Some.Now().AddDays(-20));
        for (var i = 0; i < Count; i++)
        {
            _gateways.Add(Gateway(i, clock));
        }
    }

    /// <summary>What they counted together.</summary>
    public GatewayTally Tally { get; } = new();

    /// <summary>Messages answered 201 so far.</summary>
    public long Acknowledged => Interlocked.Read(ref _messages);

    /// <summary>Measurements answered 201 so far: none of them may ever be missing.</summary>
    public IReadOnlyCollection<LoggerMeasurement> Measurements => _acknowledged.Measurements;

    /// <summary>Measurements that were taken; only of loggers that stopped.</summary>
    public long Generated => (long)(_measured!.Value / Interval) * Count * LoggersEach;

    /// <summary>Tells where the portal is now; the first time they begin.</summary>
    public void Send(Uri portal)
    {
        var isFirst = _portal is null;
        _portal = portal;
        if (isFirst)
        {
            _run = Task.WhenAll(_gateways.Select(g => Task.Run(() => g.RunAsync(_stop.Token))));
        }
    }

    /// <summary>Lets gateways that wait deliver on.</summary>
    public void GoOn() => _goOn.TrySetResult();

    /// <summary>Waits until so many messages more were answered 201.</summary>
    public Task UntilAcknowledgedAsync(long more)
    {
        var target = Acknowledged + more;
        return Until.TrueAsync(() => Acknowledged >= target);
    }

    /// <summary>Waits until everything their loggers measured was answered 201.</summary>
    public Task DrainAsync() => _run.WaitAsync(Until.Patience);

    /// <summary>Lets them finish what is under way, and stops them.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Until.Patience);
    }

    /// <summary>Compares what was answered 201 with what a database holds: everything is there, once, and nothing contradicts it.</summary>
    public void AssertNothingIsLost(PortalDatabase database)
    {
        var stored = database.Query(
            "SELECT l.serial, s.channel, r.measured_at, r.value FROM reading r JOIN series s ON s.id = r.series_id JOIN logger l ON l.id = s.logger_id");
        var byKey = stored.ToDictionary(row => ((string)row[0]!, (int)(long)row[1]!, (long)row[2]!), row => (double?)row[3]);
        var lost =
            from measurement in Measurements
            from channel in measurement.Channels
            let key = (measurement.Serial, channel.Channel, measurement.MeasuredAtUtc.ToUnixTimeMilliseconds())
            where !byKey.TryGetValue(key, out var value) || value != ValueOf(channel)
            select key;

        Assert.NotEmpty(Measurements);
        Assert.Empty(lost.Take(10));
        Assert.Equal(0, database.Unlisted());
        Assert.Equal(0, database.Count("reading_conflict"));
        Assert.Equal(0, database.Count("quarantine_item"));
        Assert.Equal("ok", database.Scalar<string>("PRAGMA integrity_check"));
        Assert.Empty(Tally.Violations.Take(10));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _gateways.ForEach(gateway => gateway.Dispose());
        _held.Dispose();
        _stop.Dispose();
    }

    private VirtualGateway Gateway(int index, SimulationClock clock)
    {
        var loggers = Enumerable.Range(index * LoggersEach, LoggersEach).Select(
            i => VirtualLogger.Create(7, i, Interval, Kinds[i % Kinds.Length]));
        var since = new DateTimeOffset(clock.UtcNow.UtcDateTime.Date.AddDays(-10), TimeSpan.Zero);
        var options = new VirtualGatewayOptions
        {
            Server = new Uri("http://portal"),
            Token = PortalUnderTest.GatewayToken,
            Serial = SimulatedSerial.OfGateway(7, index),
            MeasurementsPerMessage = 5,
            MeasuringSinceUtc = since,
            MeasuringUntilUtc = _measured is { } span ? since + span - TimeSpan.FromTicks(1) : null,
        };
        var gateway = new VirtualGateway(options, [.. loggers], clock, _held, Tally);
        gateway.Events.Acknowledged = message =>
        {
            _acknowledged.Add(message);
            Interlocked.Increment(ref _messages);
        };
        return gateway;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_portal!.Host, _portal.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }

    private static double? ValueOf(ChannelValue channel) => channel.Value.Word switch
    {
        "open" => 1,
        "closed" => 0,
        _ => channel.Value.Number,
    };

    private sealed class HeldHandler(HttpMessageHandler inner, Func<Task> mayGo) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await mayGo().WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
