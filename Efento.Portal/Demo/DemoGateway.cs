using Efento.Portal.Simulation;
using Efento.Portal.Simulation.Scenarios;

namespace Efento.Portal.Demo;

/// <summary>A gateway of the demo: a virtual gateway with its events.</summary>
internal sealed class DemoGateway : IDisposable
{
    private readonly ScenarioGateway _scenario;
    private readonly VirtualGatewayOptions _options;
    private readonly VirtualGateway _device;
    private readonly GatewayHttp _http;
    private readonly TimeProvider _time;
    private DateTimeOffset _pausedUntilUtc;
    private bool _isRestartAhead;
    private bool _isMistakeAhead;

    /// <summary>Makes a gateway that starts now.</summary>
    public DemoGateway(ScenarioGateway scenario, Uri server, string token, TimeProvider time, HttpMessageHandler handler)
    {
        (_scenario, _time) = (scenario, time);
        _options = new VirtualGatewayOptions { Server = server, Token = token, Serial = scenario.Serial };
        _device = new VirtualGateway(_options, [.. scenario.Loggers.Select(l => l.Device)], SimulationClock.RealTime(time), handler);
        _http = new GatewayHttp(handler, _options);
        (_isRestartAhead, _isMistakeAhead) = (scenario.RestartUtc is not null, scenario.Mistake is not null);
    }

    /// <summary>Sends what is due now, unless it pauses or can't reach the portal.</summary>
    /// <exception cref="IOException">The portal did not accept a message.</exception>
    public async Task SendDueAsync(CancellationToken stopping)
    {
        var now = _time.GetUtcNow();
        if (now < _pausedUntilUtc || _scenario.Offline?.Contains(now) is true)
        {
            return;
        }

        if (_isRestartAhead && now >= _scenario.RestartUtc)
        {
            _isRestartAhead = false;
            _device.Restart();
        }

        if (_isMistakeAhead && _scenario.Mistake is var (at, record) && now >= at)
        {
            _isMistakeAhead = false;
            await SendAsync(record, stopping);
        }

        SendResult result;
        do
        {
            result = await _device.SendOnceAsync(stopping);
        }
        while (result.Outcome is SendOutcome.Received);

        if (result.Outcome is SendOutcome.Busy)
        {
            _pausedUntilUtc = now + _options.BusyPause;
        }
        else if (result.Outcome is not SendOutcome.NothingToSend)
        {
            throw NotTaken(result.Status);
        }
    }

    /// <summary>Runs by itself until it is stopped.</summary>
    public Task RunAsync(CancellationToken stopping) => _device.RunAsync(stopping);

    /// <inheritdoc/>
    public void Dispose()
    {
        _device.Dispose();
        _http.Dispose();
    }

    private async Task SendAsync(LoggerMeasurement record, CancellationToken stopping)
    {
        var message = new GatewayMessage(GatewayMessageKind.Measurements, MeasurementsBody.Write([record], _ => 0), [record]);
        if (await _http.PostAsync(message, _time, stopping) is not { Status: StatusCodes.Status201Created })
        {
            throw NotTaken(0);
        }
    }

    private IOException NotTaken(int status) => new(
        status == 0
            ? $"The demo's gateway {_scenario.Name} got no answer from the portal."
            : $"The demo's gateway {_scenario.Name} was answered {status} by the portal.");
}
