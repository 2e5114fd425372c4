using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>Stored facts that explain why readings are missing. Every look-up is by a key. Times are Unix ms.</summary>
internal interface IEvidenceRows : IDisposable
{
    /// <summary>The maintenance windows that overlap [<paramref name="fromMs"/>, <paramref name="toMs"/>), in order.</summary>
    List<Stretch> ReadMaintenance(long fromMs, long toMs);

    /// <summary>When a logger was set to Y (true) or N, in order.</summary>
    List<(long AtMs, bool IsOn)> ReadSynchroniseChanges(int loggerId);

    /// <summary>The gateway that brought the reading of a series at a time; null if it is not known.</summary>
    int? GatewayOf(SeriesEntry series, long measuredAtMs);

    /// <summary>
    /// At most <paramref name="most"/> messages of a gateway that have readings and an id from <paramref name="firstId"/> to
    /// <paramref name="lastId"/>, in order, with the keys of their loggers as stored in <c>Message.Loggers</c>.
    /// </summary>
    List<(long Id, byte[] Loggers)> ReadMessages(int gatewayId, long firstId, long lastId, int most);

    /// <summary>The id of a gateway's last message or heartbeat before an id; 0 if there is none.</summary>
    long LastMessage(int gatewayId, long beforeId);

    /// <summary>The id of a gateway's first message or heartbeat after an id; null if there is none.</summary>
    long? NextMessage(int gatewayId, long afterId);

    /// <summary>The interval of a gateway's heartbeats in s; null if it is not known.</summary>
    int? HeartbeatInterval(int gatewayId);
}
