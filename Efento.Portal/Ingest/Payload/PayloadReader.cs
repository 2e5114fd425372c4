using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads a measurements body, v2 or v4, as tolerantly as docs/gateway-api.md ("Measurements body") describes, and rejects the smallest bad
/// part. A pure function without a clock: <see cref="Clock.ClockSkew"/> checks the times.
/// </summary>
internal static class PayloadReader
{
    /// <summary>
    /// Reads a body. Never throws. Nearly valid JSON is repaired (<see cref="LooseJson"/>). If the body is cut off, complete records are
    /// kept and the rest is one reject; if there are none, the whole body is one reject.
    /// </summary>
    public static ParsedMessage Read(ReadOnlySpan<byte> body)
    {
        var json = BodyText.Of(body);
        if (json.IsEmpty)
        {
            return ParsedMessage.Unreadable(RejectReason.EmptyBody, body.Length);
        }

        var origin = body.Length - BodyText.SkipMark(body).Length;
        if (TryRead(json, origin, body.Length, out var message))
        {
            return message;
        }

        if (LooseJson.Repair(json) is not { } mended)
        {
            return message;
        }

        TryRead(mended.Json, 0, mended.Json.Length, out message);
        return message.Rejects is [{ Scope: RejectScope.Body, Reason: var why }]
            ? ParsedMessage.Unreadable(why, body.Length, message.Shape)
            : message.Moved(offset => mended.Original(offset) + origin);
    }

    /// <summary>
    /// Reads a body that may already have a fault. If it can't be read, that fault is the reason, instead of invalid JSON.
    /// </summary>
    public static ParsedMessage Read(ReadOnlySpan<byte> body, RejectReason? fault)
    {
        var message = Read(body);
        return fault is { } why && message.Rejects is [{ Scope: RejectScope.Body }] ? ParsedMessage.Unreadable(why, body.Length) : message;
    }

    /// <summary>Reads a text; false if it is not JSON. The message then has the records before the fault.</summary>
    private static bool TryRead(ReadOnlySpan<byte> json, int origin, int bodyLength, out ParsedMessage message)
    {
        Span<byte> scratch = stackalloc byte[JsonScalar.ScratchBytes];
        var scan = new MessageScan(json, origin, scratch);
        try
        {
            message = scan.Read() is { } reason ? ParsedMessage.Unreadable(reason, bodyLength, scan.Shape) : scan.Message;
            return true;
        }
        catch (JsonException)
        {
            message = scan.TryKeepWholeRecords() ? scan.Message : ParsedMessage.Unreadable(RejectReason.NotJson, bodyLength);
            return false;
        }
    }
}
