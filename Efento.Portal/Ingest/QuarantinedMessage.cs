using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>Makes a message again of what was kept of it.</summary>
internal static class QuarantinedMessage
{
    /// <summary>The message as it came, read by the portal as it is now.</summary>
    /// <param name="item">What was kept.</param>
    /// <param name="route">The path it was posted to; null if the ledger does not reach back so far: then it counts as measurements.</param>
    /// <param name="receivedMs">When it was received, Unix ms.</param>
    /// <param name="options">Which paths take heartbeats.</param>
    public static PendingMessage Of(QuarantineItem item, string? route, long receivedMs, IngestOptions options)
    {
        var raw = Quarantine.Decompress(item.Raw);
        var isHeartbeat = item.Scope is RejectScope.Body && IngestEndpoints.HeartbeatPaths.Concat(options.HeartbeatPaths).Contains(route, StringComparer.OrdinalIgnoreCase);
        byte[] body = item.Scope is RejectScope.Body ? raw : [(byte)'[', .. raw, (byte)']'];
        return new PendingMessage
        {
            TokenId = item.TokenId,
            Address = "",
            Route = Message.ReadAgainRoute,
            ReceivedMs = receivedMs,
            Body = body,
            Measurements = isHeartbeat ? null : PayloadReader.Read(body, item.Reason is RejectReason.NotInflatable ? item.Reason : null),
            Heartbeat = isHeartbeat ? HeartbeatReader.Read(body) : null,
        };
    }
}
