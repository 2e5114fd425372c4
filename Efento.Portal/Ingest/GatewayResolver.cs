using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Transactions;
using Efento.Portal.Live;

namespace Efento.Portal.Ingest;

/// <summary>
/// Finds the gateway of a message. A heartbeat names its gateway; it creates or updates the gateway, and reactivates a retired one. For
/// measurements, the path or a header may name it. Otherwise it is the token's only gateway, or the gateway that the token was issued for.
/// If several gateways share the token, it is the only one that still sends heartbeats; if there are several of those, the message belongs
/// to the token only.
/// </summary>
internal sealed partial class GatewayResolver(GatewayDirectory gateways, TokenDirectory tokens, ILogger<GatewayResolver> log)
{
    /// <summary>No gateway sends a longer heartbeat. Longer ones are kept among the raw bodies only.</summary>
    private const int MostJsonBytes = 64 * 1024;

    /// <summary>Whether a message is a heartbeat whose JSON is kept in its gateway's history.</summary>
    public static bool KeepsJson(PendingMessage message) => message.Heartbeat is { IsJson: true } && message.Body.Length <= MostJsonBytes;

    /// <summary>
    /// The gateway of a message. Null if several gateways share the token and the message can't be assigned, or if the gateway is new and
    /// its token has reached its daily limit of new gateways.
    /// </summary>
    public GatewayEntry? Resolve(AppliedMessage applied)
    {
        var message = applied.Message;
        var gateway = (message.GatewaySerial ?? message.Heartbeat?.Serial) is { } serial ? BySerial(applied, serial) : OfToken(applied);
        applied.GatewayId = gateway?.Id;
        if (message.Heartbeat is not null && gateway is not null)
        {
            BringBack(applied, gateway);
            TakeHeartbeat(applied, gateway);
        }

        return gateway;
    }

    /// <summary>
    /// Processes a quarantined heartbeat again: adds it to the history, and updates the gateway unless the gateway has sent a newer one.
    /// Returns the gateway, or null as above.
    /// </summary>
    /// <param name="applied">The heartbeat as received, with its gateway if that was known then.</param>
    public GatewayEntry? TakeHeartbeatAgain(AppliedMessage applied)
    {
        var message = applied.Message;
        var gateway = applied.GatewayId is { } known ? applied.Transaction.Gateways.Find(known)
            : message.Heartbeat!.Serial is { } serial ? BySerial(applied, serial)
            : OfToken(applied);
        if (gateway is null)
        {
            return null;
        }

        if (gateway.LastHeartbeatMs >= message.ReceivedMs)
        {
            applied.Transaction.Statements.Insert(History(applied, gateway));
        }
        else
        {
            if (message.ReceivedMs > applied.Transaction.Gateways.Of(gateway).RetiredMs)
            {
                BringBack(applied, gateway);
            }

            TakeHeartbeat(applied, gateway);
        }

        applied.Transaction.Effects.Heard(gateway, applied.Id);
        return gateway;
    }

    /// <summary>Notes a message of an unknown gateway. If the message is too large, it blocks one of the token's gateways.</summary>
    public void NoteUnassigned(AppliedMessage applied)
    {
        var (message, effects) = (applied.Message, applied.Transaction.Effects);
        if (message.RefusedBytes is { } refused)
        {
            effects.OnCommit(
                () => gateways.NoteRefused(message.TokenId, refused, DateTimeOffset.FromUnixTimeMilliseconds(message.ReceivedMs)));
        }
        else if (gateways.RefusedOf(message.TokenId) is not null)
        {
            effects.OnCommit(() => gateways.NoteTaken(message.TokenId, message.Body.Length));
        }
        else
        {
            return;
        }

        foreach (var gateway in applied.Transaction.Gateways.OfToken(message.TokenId))
        {
            effects.Changed(new LiveKey(LiveTopic.Gateway, gateway.Id));
        }
    }

    private static GatewayEntry? BySerial(AppliedMessage applied, string serial)
    {
        var known = applied.Transaction.Gateways;
        if (known.Find(serial) is { } gateway)
        {
            return gateway;
        }

        return known.OfToken(applied.Message.TokenId).FirstOrDefault(g => known.Of(g) is { Serial: null, RetiredMs: null }) is { } nameless
            ? Adopt(applied, nameless, serial)
            : Add(applied, serial);
    }

    /// <summary>Sets the serial of a gateway that was known by its messages only so far.</summary>
    private static GatewayEntry Adopt(AppliedMessage applied, GatewayEntry gateway, string serial)
    {
        var (transaction, known) = (applied.Transaction, applied.Transaction.Gateways);
        transaction.Statements.TellSerial(gateway.Id, serial);
        known.Change(gateway, known.Of(gateway) with { Serial = serial });
        transaction.Effects.Changed(new LiveKey(LiveTopic.Inventory));
        return gateway;
    }

    private GatewayEntry? OfToken(AppliedMessage applied)
    {
        var (message, known) = (applied.Message, applied.Transaction.Gateways);
        var its = known.OfToken(message.TokenId);
        var isHeartbeat = message.Heartbeat is not null;
        return its.Where(g => !known.IsRetired(g)).ToList() switch
        {
            [] when isHeartbeat && its.FirstOrDefault(g => known.Of(g).Serial is null) is { } retired => retired,
            [] => IssuedFor(applied) ?? Add(applied, null),
            [var only] => only,
            var several when isHeartbeat => several.Find(g => known.Of(g).Serial is null) ?? Add(applied, null),
            var several => GatewayDirectory.Candidates(several, message.ReceivedMs) is [var only] ? only : null,
        };
    }

    /// <summary>The gateway that the token was issued for, for example after a rotation. Its next heartbeat confirms it.</summary>
    private GatewayEntry? IssuedFor(AppliedMessage applied)
    {
        var known = applied.Transaction.Gateways;
        return tokens.GatewayOf(applied.Message.TokenId) is { } id && known.Find(id) is { } gateway && !known.IsRetired(gateway)
            ? gateway
            : null;
    }

    /// <summary>Reactivates a retired gateway that sends heartbeats.</summary>
    private void BringBack(AppliedMessage applied, GatewayEntry gateway)
    {
        var (transaction, known) = (applied.Transaction, applied.Transaction.Gateways);
        if (!known.IsRetired(gateway))
        {
            return;
        }

        transaction.Statements.BringBack(gateway.Id);
        known.Change(gateway, known.Of(gateway) with { RetiredMs = null });
        transaction.Effects.Changed(new LiveKey(LiveTopic.Inventory));
        transaction.Effects.OnCommit(() => LogBroughtBack(log, gateway.Id, gateway.Serial));
    }

    private static GatewayEntry? Add(AppliedMessage applied, string? serial) =>
        applied.Transaction.NewDevices.TryTakeGateway(applied.Message.TokenId)
            ? applied.Transaction.Gateways.Add(serial, applied.Message.TokenId, applied.Message.ReceivedMs)
            : null;

    private void TakeHeartbeat(AppliedMessage applied, GatewayEntry gateway)
    {
        var (message, transaction, known) = (applied.Message, applied.Transaction, applied.Transaction.Gateways);
        var (said, uptime) = (message.Heartbeat!, known.Of(gateway).UptimeSeconds);
        var since = TimeSpan.FromMilliseconds(message.ReceivedMs - gateway.LastHeartbeatMs ?? 0);
        var isRestart = GatewayState.IsRestart(uptime, said.UptimeSeconds, since);
        transaction.Statements.Update(gateway.Id, message, gateway.IntervalWith(message.ReceivedMs), isRestart);
        transaction.Statements.Insert(History(applied, gateway));
        known.Change(gateway, known.Of(gateway) with { UptimeSeconds = said.UptimeSeconds ?? uptime });
        transaction.Effects.OnCommit(() =>
        {
            gateways.Move(gateway, message.TokenId);
            gateway.NoteHeartbeat(message.ReceivedMs);
        });
    }

    private static Heartbeat History(AppliedMessage applied, GatewayEntry gateway)
    {
        var (message, said) = (applied.Message, applied.Message.Heartbeat!);
        return new Heartbeat
        {
            MessageId = applied.Id,
            GatewayId = gateway.Id,
            UptimeSeconds = said.UptimeSeconds,
            Power = said.Power,
            BatteryPercent = said.BatteryPercent,
            LoggerCount = said.LoggerCount,
            SoftwareVersion = said.SoftwareVersion,
            Json = KeepsJson(message) ? Encoding.UTF8.GetString(BodyText.Json(message.Body.Span)) : "",
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Gateway {GatewayId} ({Serial}) was retired and sent a heartbeat: it is in use again")]
    private static partial void LogBroughtBack(ILogger log, int gatewayId, string? serial);
}
