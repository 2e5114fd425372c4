namespace Efento.Portal.Simulation;

/// <summary>Runs virtual gateways that send to one server at the same time, for a demo, a load test or a test.</summary>
internal sealed class SimulationRun : IDisposable
{
    private readonly SimulationOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageHandler? _ownHandler;
    private readonly VirtualGateway[] _gateways;
    private readonly long _begin;

    /// <summary>Prepares the run. Simulated time begins now.</summary>
    /// <param name="options">What to simulate.</param>
    /// <param name="time">Real time, or a test's.</param>
    /// <param name="handler">The HTTP handler; it is not disposed. The default uses the network.</param>
    public SimulationRun(SimulationOptions options, TimeProvider time, HttpMessageHandler? handler = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(options.Tokens.Count, nameof(options));
        _options = options;
        _time = time;
        _begin = time.GetTimestamp();
        _ownHandler = handler is null ? GatewayHttp.CreateHandler() : null;
        var startUtc = options.StartFor(time.GetUtcNow());
        var clock = new SimulationClock(time, options.Speed, startUtc);
        _gateways = [.. Enumerable.Range(0, options.Gateways).Select(i => CreateGateway(i, clock, startUtc, handler ?? _ownHandler!))];
    }

    /// <summary>The tally of all gateways.</summary>
    public GatewayTally Tally { get; } = new();

    /// <summary>The gateways.</summary>
    public IReadOnlyList<VirtualGateway> Gateways => _gateways;

    /// <summary>Runs until the duration is over and the remaining measurements are sent, or until it is stopped.</summary>
    public async Task<SimulationSummary> RunAsync(CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(_options.Duration + _options.DrainFor ?? Timeout.InfiniteTimeSpan, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);

        // Otherwise the first hundreds of requests would be composed on the caller's thread.
        await Task.WhenAll(_gateways.Select(g => Task.Run(() => g.RunAsync(either.Token), CancellationToken.None))).ConfigureAwait(false);
        return Summarise();
    }

    /// <summary>What has been done so far.</summary>
    public SimulationSummary Summarise() => new(
        _time.GetElapsedTime(_begin),
        Tally.Messages,
        Tally.Acknowledged,
        Tally.Busy,
        Tally.OtherStatuses,
        Tally.NoAnswer,
        Tally.Refused,
        Tally.Retries,
        Tally.Readings,
        Tally.ViolationCount,
        _gateways.Count(g => g.Pending is not null),
        _gateways.Sum(g => g.Waiting),
        _gateways.Sum(g => g.Forgotten),
        _gateways.Count(g => g.IsBusyPausing),
        Tally.Latency(50),
        Tally.Latency(90),
        Tally.Latency(99),
        Tally.Latency(100));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gateway in _gateways)
        {
            gateway.Dispose();
        }

        _ownHandler?.Dispose();
    }

    // Gateways are spread over the interval, so that they don't all send at once. Loggers measure at whole seconds. The rest of the offset
    // is the time that their gateway takes to hear them.
    private VirtualGateway CreateGateway(int index, SimulationClock clock, DateTimeOffset startUtc, HttpMessageHandler handler)
    {
        var turn = _options.Interval * ((double)index / _options.Gateways);
        var phase = TimeSpan.FromSeconds(Math.Floor(turn.TotalSeconds));
        var loggers = Enumerable.Range(index * _options.Loggers, _options.Loggers)
            .Select(i => VirtualLogger.Create(_options.Seed, i, _options.Interval, phase: phase));
        return new VirtualGateway(OptionsOf(index, turn - phase, startUtc), [.. loggers], clock, handler, Tally);
    }

    private VirtualGatewayOptions OptionsOf(int index, TimeSpan hearingDelay, DateTimeOffset startUtc)
    {
        var serial = SimulatedSerial.OfGateway(_options.Seed, index);
        return new VirtualGatewayOptions
        {
            Server = _options.Server,
            Token = _options.Tokens[index % _options.Tokens.Count],
            Serial = serial,
            CustomHeaders = _options.SerialHeader.Length > 0 ? new Dictionary<string, string> { [_options.SerialHeader] = serial } : [],
            HearingDelay = hearingDelay,
            MeasuringSinceUtc = startUtc - _options.History,
            MeasuringUntilUtc = startUtc + (_options.Duration * _options.Speed),
        };
    }
}
