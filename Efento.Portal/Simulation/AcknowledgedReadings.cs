using System.Collections.Concurrent;

namespace Efento.Portal.Simulation;

/// <summary>Every measurement that was answered 201, to compare with what a server stored. Grows without limit: for tests.</summary>
public sealed class AcknowledgedReadings
{
    private readonly ConcurrentQueue<LoggerMeasurement> _measurements = new();

    /// <summary>In the order of the answers.</summary>
    public IReadOnlyCollection<LoggerMeasurement> Measurements => _measurements;

    /// <summary>Takes down a message; meant for <see cref="GatewayEvents.Acknowledged"/>.</summary>
    public void Add(GatewayMessage message)
    {
        foreach (var measurement in message.Measurements)
        {
            _measurements.Enqueue(measurement);
        }
    }
}
