using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Devices;

namespace Efento.Portal.Ingest;

/// <summary>
/// Finds out which gateway a message belongs to. Measurements do not say: path or header may, else the token's only gateway has sent them,
/// or the one the token was issued for; where several share a token they belong to the token alone. A heartbeat creates or updates its gateway.
/// </summary>
internal sealed class GatewayResolver(GatewayDirectory gateways, TokenDirectory tokens)
{
    /// <summary>A longer heartbeat is no gateway's; it is found among the raw bodies.</summary>
    private const int MostJsonBytes = 64 * 1024;

    /// <summary>The gateway of a message; null if several share the token and nothing tells which.</summary>
    public GatewayEntry? Resolve(PendingMessage message, long id, IngestStatements statements, BatchEffects effects)
    {
        var serial = message.GatewaySerial ?? message.Heartbeat?.Serial;
        var gateway = serial is null
            ? OfToken(message, statements, effects)
            : BySerial(serial, message, statements, effects);
        if (message.Heartbeat is not null && gateway is not null)
        {
            TakeHeartbeat(gateway, message, id, statements, effects);
        }

        return gateway;
    }

    private GatewayEntry BySerial(string serial, PendingMessage message, IngestStatements statements, BatchEffects effects)
    {
        if (gateways.Find(serial) is { } known)
        {
            return known;
        }

        return gateways.OfToken(message.TokenId).FirstOrDefault(g => g.Serial is null) is { } nameless
            ? Adopt(nameless, serial, statements, effects)
            : Add(serial, message, statements, effects);
    }

    /// <summary>The token's gateway, known by its messages alone so far, has told its serial.</summary>
    private static GatewayEntry Adopt(GatewayEntry gateway, string serial, IngestStatements statements, BatchEffects effects)
    {
        statements.TellSerial(gateway.Id, serial);
        gateway.Serial = serial;
        effects.OnRollback(() => gateway.Serial = null);
        return gateway;
    }

    private GatewayEntry? OfToken(PendingMessage message, IngestStatements statements, BatchEffects effects) =>
        gateways.OfToken(message.TokenId) switch
        {
            [] => IssuedFor(message.TokenId) ?? Add(null, message, statements, effects),
            [var only] => only,
            var several when message.Heartbeat is not null =>
                several.FirstOrDefault(g => g.Serial is null) ?? Add(null, message, statements, effects),
            _ => null,
        };

    /// <summary>The gateway somebody issued the token for, such as one whose token was rotated: its next heartbeat tells.</summary>
    private GatewayEntry? IssuedFor(int tokenId) => tokens.GatewayOf(tokenId) is { } id ? gateways.Find(id) : null;

    private GatewayEntry Add(string? serial, PendingMessage message, IngestStatements statements, BatchEffects effects)
    {
        var gateway = new GatewayEntry(gateways.NextId) { Serial = serial, TokenId = message.TokenId };
        statements.Insert(gateway, serial ?? $"Gateway {gateway.Id}", message.ReceivedMs);
        gateways.Add(gateway);
        effects.Added(gateway);
        return gateway;
    }

    private void TakeHeartbeat(
        GatewayEntry gateway, PendingMessage message, long id, IngestStatements statements, BatchEffects effects)
    {
        var said = message.Heartbeat!;
        var isRestart = said.UptimeSeconds < gateway.UptimeSeconds;
        statements.Update(gateway.Id, message, gateway.IntervalWith(message.ReceivedMs), isRestart);
        statements.Insert(new Heartbeat
        {
            MessageId = id,
            GatewayId = gateway.Id,
            UptimeSeconds = said.UptimeSeconds,
            Power = said.Power,
            BatteryPercent = said.BatteryPercent,
            LoggerCount = said.LoggerCount,
            SoftwareVersion = said.SoftwareVersion,
            Json = said.IsJson && message.Body.Length <= MostJsonBytes ? Encoding.UTF8.GetString(message.Body.Span) : "",
        });
        var uptime = gateway.UptimeSeconds;
        gateway.UptimeSeconds = said.UptimeSeconds ?? uptime;
        effects.OnRollback(() => gateway.UptimeSeconds = uptime);
        effects.OnCommit(() =>
        {
            gateways.Move(gateway, message.TokenId);
            gateway.NoteHeartbeat(message.ReceivedMs);
        });
    }
}
