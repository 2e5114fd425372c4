namespace Efento.Portal.Simulation;

/// <summary>The kinds of messages of a gateway.</summary>
public enum GatewayMessageKind
{
    /// <summary>Measurements of loggers.</summary>
    Measurements,

    /// <summary>The gateway's own state.</summary>
    Heartbeat,
}

/// <summary>A message of a gateway. It is sent again unchanged until it is answered 201.</summary>
/// <param name="kind">The kind.</param>
/// <param name="body">The bytes of the body.</param>
/// <param name="measurements">The measurements in the body; empty for a heartbeat.</param>
public sealed class GatewayMessage(GatewayMessageKind kind, byte[] body, IReadOnlyList<LoggerMeasurement> measurements)
{
    /// <summary>The kind.</summary>
    public GatewayMessageKind Kind => kind;

    /// <summary>The bytes of the body.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The measurements in the body, in its order; empty for a heartbeat.</summary>
    public IReadOnlyList<LoggerMeasurement> Measurements => measurements;

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; internal set; }

    /// <summary>The number of readings: one for each channel of each measurement.</summary>
    public int Readings => measurements.Sum(m => m.Channels.Count);

    internal byte[] Bytes => body;
}
