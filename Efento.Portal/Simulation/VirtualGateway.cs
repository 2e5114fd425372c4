namespace Efento.Portal.Simulation;

/// <summary>
/// A gateway that follows the protocol strictly (docs/gateway-api.md). Only 201 is success; after anything else it sends the same bytes
/// again, and after a 503 it pauses 5 minutes first. It rejects replies with more than ten headers and follows no redirect. It keeps
/// measurements for later only if their logger was answered Y; of other loggers it sends only the current measurement.
/// Not thread-safe: use either <see cref="RunAsync"/> or <see cref="SendOnceAsync"/>.
/// </summary>
internal sealed class VirtualGateway : IDisposable
{
    // How long a stopped gateway waits for a pending reply, in real time.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    private readonly VirtualGatewayOptions _options;
    private readonly SimulationClock _clock;
    private readonly GatewayHttp _http;
    private readonly GatewayBuffer _buffer;
    private DateTimeOffset _startedUtc;
    private GatewayMessage? _pending;
    private DateTimeOffset _nextHeartbeatUtc;

    /// <summary>Makes a gateway that hears these loggers.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="loggers">The loggers it hears. A logger's index in the list is its response handle.</param>
    /// <param name="clock">Its simulated time.</param>
    /// <param name="handler">The HTTP handler, such as <see cref="GatewayHttp.CreateHandler"/>; it is not disposed.</param>
    /// <param name="tally">Its tally; a new one by default.</param>
    public VirtualGateway(
        VirtualGatewayOptions options,
        IReadOnlyList<VirtualLogger> loggers,
        SimulationClock clock,
        HttpMessageHandler handler,
        GatewayTally? tally = null)
    {
        options.Validate();
        _options = options;
        _clock = clock;
        _http = new GatewayHttp(handler, options);
        _startedUtc = clock.UtcNow;
        _nextHeartbeatUtc = options.Token.Length > 0 ? _startedUtc : DateTimeOffset.MaxValue;
        _buffer = new GatewayBuffer(loggers, options.MeasuringSinceUtc ?? _startedUtc);
        Tally = tally ?? new GatewayTally();
    }

    /// <summary>The gateway's serial.</summary>
    public string Serial => _options.Serial;

    /// <summary>Its tally.</summary>
    public GatewayTally Tally { get; }

    /// <summary>Its events.</summary>
    public GatewayEvents Events { get; } = new();

    /// <summary>The message without a 201 yet; null if there is none.</summary>
    public GatewayMessage? Pending => Volatile.Read(ref _pending);

    /// <summary>Whether it pauses because of a 503.</summary>
    public bool IsBusyPausing { get; private set; }

    /// <summary>Serials of the loggers whose measurements it keeps for later; those answered N are not among them.</summary>
    public IEnumerable<string> KeptLoggers => _buffer.Kept;

    /// <summary>The number of measurements that are not part of a message yet.</summary>
    public long Waiting => _buffer.CountAt(HeardUntilUtc);

    /// <summary>Measurements that will never be sent: overwritten after 60,000, or of loggers answered N.</summary>
    public long Forgotten => _buffer.Forgotten;

    private bool HasEnded => _options.MeasuringUntilUtc <= _clock.UtcNow;

    // The gateway has heard all measurements up to this time.
    private DateTimeOffset HeardUntilUtc =>
        (HasEnded ? _options.MeasuringUntilUtc!.Value : _clock.UtcNow) - _options.HearingDelay;

    /// <summary>
    /// Sends until it is stopped, or until the loggers have stopped measuring and everything is answered 201. When it is stopped, a pending
    /// request may finish within a second. It does not throw.
    /// </summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _clock.Time);
        using var registration = stopping.Register(() => abort.CancelAfter(StopGrace));
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var result = await SendOnceAsync(abort.Token).ConfigureAwait(false);
                if (PauseAfter(result.Outcome) is not { } pause)
                {
                    return;
                }

                await WaitAsync(pause, result.Outcome is SendOutcome.Busy, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It was stopped while it waited. A message without an answer stays pending.
        }
    }

    /// <summary>
    /// Makes one attempt now, without the pauses of the protocol. It sends the pending message, or else a heartbeat that is due, or else
    /// the loggers' measurements.
    /// </summary>
    public async Task<SendResult> SendOnceAsync(CancellationToken cancellation = default)
    {
        if ((_pending ??= Compose()) is not { } message)
        {
            return SendResult.Nothing;
        }

        var result = await AttemptAsync(message, cancellation).ConfigureAwait(false);
        Events.Sent?.Invoke(result);
        if (result.Outcome is SendOutcome.Received)
        {
            Events.Acknowledged?.Invoke(message);
        }

        return result;
    }

    /// <summary>
    /// Restarts it, as after a power cut: its uptime begins at zero and a heartbeat is due. It keeps its unsent measurements.
    /// </summary>
    public void Restart()
    {
        _startedUtc = _clock.UtcNow;
        _nextHeartbeatUtc = _options.Token.Length > 0 ? _startedUtc : DateTimeOffset.MaxValue;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<SendResult> AttemptAsync(GatewayMessage message, CancellationToken cancellation)
    {
        if (message.Attempts++ > 0)
        {
            Tally.CountRetry();
        }

        var begin = _clock.Time.GetTimestamp();
        var reply = await _http.PostAsync(message, _clock.Time, cancellation).ConfigureAwait(false);
        if (reply is not null)
        {
            Tally.CountLatency(_clock.Time.GetElapsedTime(begin));
            Report(reply.Violations());
        }

        var result = new SendResult(Judge(reply), reply?.Status ?? 0, message);
        Tally.Count(result);
        if (result.Outcome is SendOutcome.Received)
        {
            Complete(message, reply!);
        }

        return result;
    }

    private static SendOutcome Judge(GatewayReply? reply) => reply switch
    {
        null => SendOutcome.NoAnswer,
        { IsAccepted: false } => SendOutcome.Refused,
        { Status: 201 } => SendOutcome.Received,
        { Status: 503 } => SendOutcome.Busy,
        _ => SendOutcome.OtherStatus,
    };

    private void Complete(GatewayMessage message, GatewayReply reply)
    {
        _pending = null;
        var answer = message.Kind is GatewayMessageKind.Heartbeat
            ? SyncAnswer.ToHeartbeat(reply)
            : SyncAnswer.ToMeasurements(reply, message.Measurements.Select(m => (long)_buffer.HandleOf(m.Serial)).ToHashSet());
        Report(answer.Violations);
        _buffer.Apply(answer);
    }

    private void Report(IEnumerable<(ViolationKind Kind, string Detail)> violations)
    {
        foreach (var (kind, detail) in violations)
        {
            Tally.Count(new ProtocolViolation(Serial, kind, detail));
        }
    }

    private GatewayMessage? Compose()
    {
        var message = _nextHeartbeatUtc <= _clock.UtcNow && !HasEnded ? ComposeHeartbeat() : ComposeMeasurements();
        if (message is not null)
        {
            Tally.CountMessage();
        }

        return message;
    }

    private GatewayMessage ComposeHeartbeat()
    {
        var now = _clock.UtcNow;
        _nextHeartbeatUtc = now + _options.HeartbeatInterval;
        var body = new HeartbeatBody(Serial, "5.10.2", (long)(now - _startedUtc).TotalSeconds, _buffer.Loggers, "FULLY_CHARGED", 100);
        return new GatewayMessage(GatewayMessageKind.Heartbeat, body.ToBytes(), []);
    }

    private GatewayMessage? ComposeMeasurements() =>
        _buffer.Take(HeardUntilUtc, _options.MeasurementsPerMessage) is { Count: > 0 } measurements
            ? new GatewayMessage(GatewayMessageKind.Measurements, MeasurementsBody.Write(measurements, _buffer.HandleOf), measurements)
            : null;

    // Null means that everything is done.
    private TimeSpan? PauseAfter(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Received => TimeSpan.Zero,
        SendOutcome.Busy => _options.BusyPause,
        SendOutcome.NothingToSend => UntilNextDue(),
        _ => _options.RetryPause,
    };

    private TimeSpan? UntilNextDue()
    {
        var end = _options.MeasuringUntilUtc ?? DateTimeOffset.MaxValue;
        var heard = _buffer.Loggers == 0 ? DateTimeOffset.MaxValue : _buffer.OldestUtc + _options.HearingDelay;
        var next = _nextHeartbeatUtc < end && _nextHeartbeatUtc < heard ? _nextHeartbeatUtc : heard;
        return next > end || next == DateTimeOffset.MaxValue ? null : next - _clock.UtcNow;
    }

    private async Task WaitAsync(TimeSpan pause, bool isBusy, CancellationToken stopping)
    {
        if (pause <= TimeSpan.Zero)
        {
            return;
        }

        IsBusyPausing = isBusy;
        var delay = _clock.Delay(pause, stopping);
        Events.Waiting?.Invoke(pause);
        await delay.ConfigureAwait(false);
        IsBusyPausing = false;
    }
}
