using Efento.Portal.Configuration;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>Creates a message from a quarantined item.</summary>
internal static class QuarantinedMessage
{
    /// <summary>The message, parsed by the present version of the portal.</summary>
    /// <param name="item">The item.</param>
    /// <param name="route">
    /// The path it was posted to; null if the ledger no longer contains the message. It then counts as measurements.
    /// </param>
    /// <param name="receivedMs">When it was received, Unix ms.</param>
    /// <param name="options">The settings, which define the heartbeat paths.</param>
    public static PendingMessage Of(QuarantineItem item, string? route, long receivedMs, IngestOptions options)
    {
        var raw = RawBytes.Decompress(item.Raw);
        var isHeartbeat = item.Scope is RejectScope.Body
            && GatewayRoutes.Heartbeats.Concat(options.HeartbeatPaths).Contains(route, StringComparer.OrdinalIgnoreCase);
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
