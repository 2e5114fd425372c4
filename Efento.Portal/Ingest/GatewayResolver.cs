using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Live;

namespace Efento.Portal.Ingest;

/// <summary>
/// Finds out which gateway a message belongs to. Measurements do not say: path or header may, else the token's only gateway has sent them,
/// or the one the token was issued for; where several share a token, the only one whose heartbeats go on, else they belong to the token alone.
/// A heartbeat creates or updates its gateway, and brings back a retired one.
/// </summary>
internal sealed partial class GatewayResolver(GatewayDirectory gateways, TokenDirectory tokens, NewDeviceQuota newDevices, ILogger<GatewayResolver> logger)
{
    /// <summary>A longer heartbeat is no gateway's; it is found among the raw bodies.</summary>
    private const int MostJsonBytes = 64 * 1024;

    /// <summary>Whether a message is a heartbeat whose JSON stands in its gateway's history.</summary>
    public static bool KeepsJson(PendingMessage message) => message.Heartbeat is { IsJson: true } && message.Body.Length <= MostJsonBytes;

    /// <summary>
    /// The gateway of a message; null if several share the token and nothing tells which, or if it is a new one and its token has brought as
    /// many as it may today.
    /// </summary>
    public GatewayEntry? Resolve(PendingMessage message, long id, IngestStatements statements, BatchEffects effects, IngestOptions options, long nowMs)
    {
        var serial = message.GatewaySerial ?? message.Heartbeat?.Serial;
        var work = new Work(message, statements, effects, options, nowMs);
        var gateway = serial is null ? OfToken(work) : BySerial(serial, work);
        if (message.Heartbeat is not null && gateway is not null)
        {
            BringBack(gateway, statements, effects);
            TakeHeartbeat(gateway, message, id, statements, effects);
        }

        return gateway;
    }

    /// <summary>
    /// Takes a kept heartbeat: into the history, and as its gateway's word if the gateway has said nothing since. The gateway; null as above.
    /// </summary>
    /// <param name="message">The heartbeat as it came.</param>
    /// <param name="id">The message it came as.</param>
    /// <param name="gatewayId">Its gateway, if that was known when it came.</param>
    /// <param name="statements">The open transaction's statements.</param>
    /// <param name="effects">What memory shall know of it after the commit.</param>
    /// <param name="options">How many new gateways a token may bring.</param>
    /// <param name="nowMs">Now, Unix ms.</param>
    public GatewayEntry? TakeHeartbeatAgain(
        PendingMessage message, long id, int? gatewayId, IngestStatements statements, BatchEffects effects, IngestOptions options, long nowMs)
    {
        var work = new Work(message, statements, effects, options, nowMs);
        var gateway = gatewayId is { } known ? gateways.Find(known) : message.Heartbeat!.Serial is { } serial ? BySerial(serial, work) : OfToken(work);
        if (gateway is null)
        {
            return null;
        }

        if (gateway.LastHeartbeatMs >= message.ReceivedMs)
        {
            statements.Insert(History(gateway, message, id));
        }
        else
        {
            if (message.ReceivedMs > gateway.RetiredMs)
            {
                BringBack(gateway, statements, effects);
            }

            TakeHeartbeat(gateway, message, id, statements, effects);
        }

        effects.Heard(gateway, id);
        return gateway;
    }

    /// <summary>Takes note of a message of no known gateway: one that is too large holds up a gateway of its token.</summary>
    public void NoteUnassigned(PendingMessage message, BatchEffects effects)
    {
        if (message.RefusedBytes is { } refused)
        {
            effects.OnCommit(() => gateways.NoteRefused(message.TokenId, refused, DateTimeOffset.FromUnixTimeMilliseconds(message.ReceivedMs)));
        }
        else if (gateways.RefusedOf(message.TokenId) is not null)
        {
            effects.OnCommit(() => gateways.NoteTaken(message.TokenId, message.Body.Length));
        }
        else
        {
            return;
        }

        foreach (var gateway in gateways.OfToken(message.TokenId))
        {
            effects.Changed(new LiveKey(LiveTopic.Gateway, gateway.Id));
        }
    }

    private GatewayEntry? BySerial(string serial, in Work work)
    {
        if (gateways.Find(serial) is { } known)
        {
            return known;
        }

        return gateways.OfToken(work.Message.TokenId).FirstOrDefault(g => g is { Serial: null, IsRetired: false }) is { } nameless
            ? Adopt(nameless, serial, work)
            : Add(serial, work);
    }

    /// <summary>The token's gateway, known by its messages alone so far, has told its serial.</summary>
    private static GatewayEntry Adopt(GatewayEntry gateway, string serial, in Work work)
    {
        work.Statements.TellSerial(gateway.Id, serial);
        gateway.Serial = serial;
        work.Effects.Changed(new LiveKey(LiveTopic.Inventory));
        work.Effects.OnRollback(() => gateway.Serial = null);
        return gateway;
    }

    private GatewayEntry? OfToken(in Work work)
    {
        var its = gateways.OfToken(work.Message.TokenId);
        return its.Where(g => !g.IsRetired).ToList() switch
        {
            [] when work.Message.Heartbeat is not null && its.FirstOrDefault(g => g.Serial is null) is { } retired => retired,
            [] => IssuedFor(work.Message.TokenId) ?? Add(null, work),
            [var only] => only,
            var several when work.Message.Heartbeat is not null => several.Find(g => g.Serial is null) ?? Add(null, work),
            _ => gateways.Candidates(work.Message.TokenId, work.Message.ReceivedMs) is [var only] ? only : null,
        };
    }

    /// <summary>The gateway somebody issued the token for, such as one whose token was rotated: its next heartbeat tells.</summary>
    private GatewayEntry? IssuedFor(int tokenId) => tokens.GatewayOf(tokenId) is { } id && gateways.Find(id) is { IsRetired: false } gateway ? gateway : null;

    /// <summary>A retired gateway that sends heartbeats is in use, whatever was thought of it.</summary>
    private void BringBack(GatewayEntry gateway, IngestStatements statements, BatchEffects effects)
    {
        if (gateway.RetiredMs is not { } retiredMs)
        {
            return;
        }

        statements.BringBack(gateway.Id);
        gateway.RetiredMs = null;
        effects.OnRollback(() => gateway.RetiredMs = retiredMs);
        effects.Changed(new LiveKey(LiveTopic.Inventory));
        effects.OnCommit(() => LogBroughtBack(logger, gateway.Id, gateway.Serial));
    }

    private GatewayEntry? Add(string? serial, in Work work)
    {
        if (!newDevices.TryTakeGateway(work.Message.TokenId, work.NowMs, work.Options, work.Statements))
        {
            return null;
        }

        var gateway = new GatewayEntry(gateways.NextId) { Serial = serial, TokenId = work.Message.TokenId };
        work.Statements.Insert(gateway, Gateway.FirstName(gateway.Id, serial), work.Message.ReceivedMs);
        gateways.Add(gateway);
        work.Effects.Added(gateway);
        return gateway;
    }

    private void TakeHeartbeat(
        GatewayEntry gateway, PendingMessage message, long id, IngestStatements statements, BatchEffects effects)
    {
        var said = message.Heartbeat!;
        var since = TimeSpan.FromMilliseconds(message.ReceivedMs - gateway.LastHeartbeatMs ?? 0);
        var isRestart = GatewayState.IsRestart(gateway.UptimeSeconds, said.UptimeSeconds, since);
        statements.Update(gateway.Id, message, gateway.IntervalWith(message.ReceivedMs), isRestart);
        statements.Insert(History(gateway, message, id));
        var uptime = gateway.UptimeSeconds;
        gateway.UptimeSeconds = said.UptimeSeconds ?? uptime;
        effects.OnRollback(() => gateway.UptimeSeconds = uptime);
        effects.OnCommit(() =>
        {
            gateways.Move(gateway, message.TokenId);
            gateway.NoteHeartbeat(message.ReceivedMs);
        });
    }

    private static Heartbeat History(GatewayEntry gateway, PendingMessage message, long id)
    {
        var said = message.Heartbeat!;
        return new Heartbeat
        {
            MessageId = id,
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
    private static partial void LogBroughtBack(ILogger logger, int gatewayId, string? serial);

    private readonly record struct Work(
        PendingMessage Message, IngestStatements Statements, BatchEffects Effects, IngestOptions Options, long NowMs);
}
