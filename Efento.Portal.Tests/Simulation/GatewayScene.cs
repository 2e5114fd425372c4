using System.Threading.Channels;
using Efento.Portal.Simulation;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Simulation;

/// <summary>A gateway with its loggers, a stubbed portal and a clock that stands still until a test moves it.</summary>
internal sealed class GatewayScene : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);

    private readonly SocketsHttpHandler _handler = GatewayHttp.CreateHandler();
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();
    private Task _run = Task.CompletedTask;

    private GatewayScene(
        StubPortal portal, int loggers, Func<VirtualGatewayOptions, VirtualGatewayOptions> configure, LoggerBehaviour? behaviour)
    {
        Portal = portal;
        Loggers =
            [.. Enumerable.Range(0, loggers).Select(i => VirtualLogger.Create(7, i, Interval, LoggerKind.Fridge, behaviour: behaviour))];
        Gateway = new VirtualGateway(configure(Options(portal.Address)), Loggers, SimulationClock.RealTime(Time), _handler);
        Gateway.Events.Acknowledged = Acknowledged.Add;
        Gateway.Events.Waiting = wait => _waits.Writer.TryWrite(wait);
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public StubPortal Portal { get; }

    public IReadOnlyList<VirtualLogger> Loggers { get; }

    public VirtualGateway Gateway { get; }

    public AcknowledgedReadings Acknowledged { get; } = new();

    /// <summary>A scenario without heartbeats in the way, unless a test asks for them.</summary>
    public static async Task<GatewayScene> SetAsync(
        int loggers = 2,
        Func<VirtualGatewayOptions, VirtualGatewayOptions>? configure = null,
        LoggerBehaviour? behaviour = null)
    {
        return new GatewayScene(await StubPortal.StartAsync(), loggers, configure ?? (o => o), behaviour);
    }

    public static VirtualGatewayOptions Options(Uri server) =>
        new() { Server = server, Token = "", Serial = SimulatedSerial.OfGateway(7, 0) };

    /// <summary>Lets the gateway run by itself.</summary>
    public void Run() => _run = Gateway.RunAsync(_stop.Token);

    /// <summary>The next wait the gateway begins; at most ten seconds of real time until then.</summary>
    public Task<TimeSpan> NextWaitAsync() => _waits.Reader.ReadAsync().AsTask().WaitAsync(Until.Patience);

    /// <summary>Sends until nothing is left, at most <paramref name="attempts"/> times.</summary>
    public async Task DrainAsync(int attempts = 100)
    {
        for (var i = 0; i < attempts; i++)
        {
            if (await Gateway.SendOnceAsync() is { Outcome: SendOutcome.NothingToSend })
            {
                return;
            }
        }

        Assert.Fail($"Something is left after {attempts} attempts.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Until.Patience);
        Gateway.Dispose();
        _handler.Dispose();
        _stop.Dispose();
        await Portal.DisposeAsync();
    }
}
