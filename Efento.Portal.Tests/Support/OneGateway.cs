using Efento.Portal.Simulation;

namespace Efento.Portal.Tests.Support;

/// <summary>A virtual gateway with some loggers, which measure and send whenever a test says so.</summary>
public sealed class OneGateway : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);

    private readonly Replies _replies = new(GatewayHttp.CreateHandler());
    private readonly Microsoft.Extensions.Time.Testing.FakeTimeProvider _time = new(Some.Start.AddHours(-2));
    private readonly VirtualGateway _gateway;

    /// <summary>A gateway that was told where the portal is, and its token.</summary>
    public OneGateway(Uri portal, string token, int loggers = 2)
    {
        Loggers = [.. Enumerable.Range(0, loggers).Select(i => VirtualLogger.Create(11, i, Interval, LoggerKind.Fridge))];
        var options = new VirtualGatewayOptions { Server = portal, Token = token, Serial = SimulatedSerial.OfGateway(11, 0) };
        _gateway = new VirtualGateway(options, Loggers, SimulationClock.RealTime(_time), _replies);
        _gateway.Events.Acknowledged = Acknowledged.Add;
    }

    /// <summary>Its loggers; the place of each is its response handle.</summary>
    public IReadOnlyList<VirtualLogger> Loggers { get; }

    /// <summary>Serials of the loggers it keeps measurements of for later, in order.</summary>
    public IEnumerable<string> KeptLoggers => _gateway.KeptLoggers.Order();

    /// <summary>What was answered 201.</summary>
    public AcknowledgedReadings Acknowledged { get; } = new();

    /// <summary>What it was answered last.</summary>
    public string LastReply => _replies.Last;

    /// <summary>The serials of some of its loggers, in order.</summary>
    public IEnumerable<string> Serials(params int[] handles) => handles.Select(handle => Loggers[handle].Serial).Order();

    /// <summary>The loggers measure once more, and it sends until it has nothing left.</summary>
    public async Task SendAsync()
    {
        _time.Advance(Interval);
        SendResult result;
        while ((result = await _gateway.SendOnceAsync()).Outcome is not SendOutcome.NothingToSend)
        {
            Assert.Equal(SendOutcome.Received, result.Outcome);
        }

        Assert.Empty(_gateway.Tally.Violations);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gateway.Dispose();
        _replies.Dispose();
    }

    private sealed class Replies(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public string Last { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Last = await response.Content.ReadAsStringAsync(cancellationToken);
            return response;
        }
    }
}
