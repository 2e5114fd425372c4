using System.Text;
using Efento.Portal.Devices;

namespace Efento.Portal.Ingest;

/// <summary>
/// Finds out which gateway a message belongs to. Measurements do not say: path or header may, else the token's only gateway has sent them;
/// where several share a token they belong to the token alone. A heartbeat creates or updates its gateway.
/// </summary>
internal sealed class GatewayResolver(GatewayDirectory gateways)
{
    /// <summary>The gateway of a message; null if several share the token and nothing tells which.</summary>
    public GatewayEntry? Resolve(PendingMessage message, long id, IngestStatements statements, BatchEffects effects)
    {
        var serial = message.GatewaySerial ?? message.Heartbeat?.Serial;
        var gateway = serial is null
            ? OfToken(message, statements, effects)
            : BySerial(serial, message, statements, effects);
        if (message.Heartbeat is not null && gateway is not null)
        {
            TakeHeartbeat(gateway, serial, message, id, statements, effects);
        }

        return gateway;
    }

    private GatewayEntry BySerial(string serial, PendingMessage message, IngestStatements statements, BatchEffects effects) =>
        gateways.Find(serial)
        ?? gateways.OfToken(message.TokenId).FirstOrDefault(g => g.Serial is null)
        ?? Add(serial, message, statements, effects);

    private GatewayEntry? OfToken(PendingMessage message, IngestStatements statements, BatchEffects effects) =>
        gateways.OfToken(message.TokenId) switch
        {
            [] => Add(null, message, statements, effects),
            [var only] => only,
            var several when message.Heartbeat is not null =>
                several.FirstOrDefault(g => g.Serial is null) ?? Add(null, message, statements, effects),
            _ => null,
        };

    private GatewayEntry Add(string? serial, PendingMessage message, IngestStatements statements, BatchEffects effects)
    {
        var gateway = new GatewayEntry(gateways.NextId) { Serial = serial, TokenId = message.TokenId };
        statements.Insert(gateway, serial ?? $"Gateway {gateway.Id}", message.ReceivedMs);
        gateways.Add(gateway);
        effects.Added(gateway);
        return gateway;
    }

    private static void TakeHeartbeat(
        GatewayEntry gateway, string? serial, PendingMessage message, long id, IngestStatements statements, BatchEffects effects)
    {
        var said = message.Heartbeat!;
        var isRestart = said.UptimeSeconds < gateway.UptimeSeconds;
        statements.Update(gateway.Id, serial ?? gateway.Serial, message, gateway.IntervalWith(message.ReceivedMs), isRestart);
        statements.Insert(new Heartbeat
        {
            MessageId = id,
            GatewayId = gateway.Id,
            UptimeSeconds = said.UptimeSeconds,
            Power = said.Power,
            BatteryPercent = said.BatteryPercent,
            LoggerCount = said.LoggerCount,
            SoftwareVersion = said.SoftwareVersion,
            Json = Encoding.UTF8.GetString(message.Body.Span),
        });
        effects.OnCommit(() =>
        {
            gateway.Serial = serial ?? gateway.Serial;
            gateway.TokenId = message.TokenId;
            gateway.UptimeSeconds = said.UptimeSeconds ?? gateway.UptimeSeconds;
            gateway.NoteHeartbeat(message.ReceivedMs);
        });
    }
}
