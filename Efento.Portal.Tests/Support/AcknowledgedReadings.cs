using System.Collections.Concurrent;
using Efento.Portal.Simulation;

namespace Efento.Portal.Tests.Support;

/// <summary>Collects all measurements that were answered 201, to compare them with a server's data.</summary>
public sealed class AcknowledgedReadings
{
    private readonly ConcurrentQueue<LoggerMeasurement> _measurements = new();

    /// <summary>The measurements in the order of the answers.</summary>
    public IReadOnlyCollection<LoggerMeasurement> Measurements => _measurements;

    /// <summary>Records a message; made for <see cref="GatewayEvents.Acknowledged"/>.</summary>
    public void Add(GatewayMessage message)
    {
        foreach (var measurement in message.Measurements)
        {
            _measurements.Enqueue(measurement);
        }
    }
}
