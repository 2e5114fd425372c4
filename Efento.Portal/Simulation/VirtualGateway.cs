namespace Efento.Portal.Simulation;

/// <summary>
/// A gateway that obeys the protocol strictly (docs/gateway-api.md): only 201 is success, anything else makes it send the same bytes
/// again, 503 makes it pause 5 minutes first; it refuses replies with more than ten headers, follows no redirect, and keeps measurements
/// for later only of loggers answered Y; of the others it sends the current measurement alone.
/// Not thread-safe: either <see cref="RunAsync"/> drives it or the caller does, with <see cref="SendOnceAsync"/>.
/// </summary>
public sealed class VirtualGateway : IDisposable
{
    // A reply under way when the gateway is stopped is waited for this long, in real time.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    private readonly VirtualGatewayOptions _options;
    private readonly SimulationClock _clock;
    private readonly GatewayHttp _http;
    private readonly GatewayBuffer _buffer;
    private DateTimeOffset _startedUtc;
    private GatewayMessage? _pending;
    private DateTimeOffset _nextHeartbeatUtc;

    /// <summary>A gateway that hears these loggers.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="loggers">The loggers it hears; a logger's place in the list is its response handle.</param>
    /// <param name="clock">The time it lives in.</param>
    /// <param name="handler">Its way to the server, such as <see cref="GatewayHttp.CreateHandler"/>; not disposed.</param>
    /// <param name="tally">Where it counts; its own by default.</param>
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

    /// <summary>What it counted.</summary>
    public GatewayTally Tally { get; }

    /// <summary>What it tells while it works.</summary>
    public GatewayEvents Events { get; } = new();

    /// <summary>The message that waits for its 201; null if none.</summary>
    public GatewayMessage? Pending => Volatile.Read(ref _pending);

    /// <summary>Whether it pauses because of a 503.</summary>
    public bool IsBusyPausing { get; private set; }

    /// <summary>Serials of the loggers it keeps measurements of for later; those answered N are missing.</summary>
    public IEnumerable<string> KeptLoggers => _buffer.Kept;

    /// <summary>Measurements that were taken and are not yet part of a message.</summary>
    public long Waiting => _buffer.CountAt(HeardUntilUtc);

    /// <summary>Measurements that will never be sent: overwritten after 60,000, or of loggers answered N.</summary>
    public long Forgotten => _buffer.Forgotten;

    private bool HasEnded => _options.MeasuringUntilUtc <= _clock.UtcNow;

    // Measurements until then have reached the gateway.
    private DateTimeOffset HeardUntilUtc =>
        (HasEnded ? _options.MeasuringUntilUtc!.Value : _clock.UtcNow) - _options.HearingDelay;

    /// <summary>
    /// Sends until it is stopped, or until the loggers have stopped measuring and everything is answered 201.
    /// Stopping lets a request under way finish within a second; nothing is thrown.
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
            // Stopped while it waited; what is unanswered stays pending.
        }
    }

    /// <summary>
    /// One attempt, now, whatever pause the protocol asks for: the message that waits for its 201, else a heartbeat that is due,
    /// else what the loggers hold.
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

    /// <summary>Starts it anew, as after a power cut: its uptime begins again and a heartbeat is due. What it has to send it keeps.</summary>
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
        _buffer.Obey(answer);
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

    // Null: everything is done.
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
