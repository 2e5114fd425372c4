namespace Efento.Portal.Simulation;

/// <summary>A virtual gateway's settings. Durations are in simulated time unless noted otherwise.</summary>
internal sealed record VirtualGatewayOptions
{
    /// <summary>The server's address; the paths are appended to its own path.</summary>
    public required Uri Server { get; init; }

    /// <summary>Sent as X-Api-Token, at most 36 characters. With an empty one no heartbeats are sent.</summary>
    public required string Token { get; init; }

    /// <summary>The gateway's serial: 12 upper-case hex digits.</summary>
    public required string Serial { get; init; }

    /// <summary>Up to ten headers of the customer's own. The default is none.</summary>
    public IReadOnlyDictionary<string, string> CustomHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>The path for measurements. The default is "/api/v4/measurements".</summary>
    public string MeasurementsPath { get; init; } = "/api/v4/measurements";

    /// <summary>The path for heartbeats. The default is "/api/v4/gateways/heartbeat".</summary>
    public string HeartbeatPath { get; init; } = "/api/v4/gateways/heartbeat";

    /// <summary>How often a heartbeat is sent. The default is 15 minutes.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The pause after a 503. The default is 5 minutes, as in the protocol.</summary>
    public TimeSpan BusyPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause after another answer, or none. The default is 10 seconds.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take, in real time. The default is 60 seconds.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after a measurement the gateway hears it. The default is zero.</summary>
    public TimeSpan HearingDelay { get; init; }

    /// <summary>The most measurements in one message. The default is 1000.</summary>
    public int MeasurementsPerMessage { get; init; } = 1_000;

    /// <summary>When the loggers began to measure. If this is in the past, the backlog is sent first. The default is the start.</summary>
    public DateTimeOffset? MeasuringSinceUtc { get; init; }

    /// <summary>When the loggers stop measuring. Their unsent measurements are still sent. The default is never.</summary>
    public DateTimeOffset? MeasuringUntilUtc { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Token.Length, 36, nameof(Token));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CustomHeaders.Count, 10, nameof(CustomHeaders));
        ArgumentOutOfRangeException.ThrowIfLessThan(MeasurementsPerMessage, 1, nameof(MeasurementsPerMessage));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HeartbeatInterval, TimeSpan.Zero, nameof(HeartbeatInterval));
    }
}
