namespace Efento.Portal.Simulation;

/// <summary>What a gateway sends.</summary>
public enum GatewayMessageKind
{
    /// <summary>Measurements of loggers.</summary>
    Measurements,

    /// <summary>The gateway's own state.</summary>
    Heartbeat,
}

/// <summary>One message of a gateway; sent again unchanged until it is answered 201.</summary>
/// <param name="kind">Which kind.</param>
/// <param name="body">The bytes of the body.</param>
/// <param name="measurements">What the body holds; empty for a heartbeat.</param>
public sealed class GatewayMessage(GatewayMessageKind kind, byte[] body, IReadOnlyList<LoggerMeasurement> measurements)
{
    /// <summary>Which kind.</summary>
    public GatewayMessageKind Kind => kind;

    /// <summary>The bytes of the body.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>What the body holds, in its order; empty for a heartbeat.</summary>
    public IReadOnlyList<LoggerMeasurement> Measurements => measurements;

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Readings in it: one for each channel of each measurement.</summary>
    public int Readings => measurements.Sum(m => m.Channels.Count);

    internal byte[] Bytes => body;
}
