using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads a measurements body, v2 and v4 alike, as tolerantly as docs/gateway-api.md ("Measurements body") says, and sets the smallest bad
/// part aside. A pure function without a clock: how far ahead or old a time may be is <see cref="ClockSkew"/>'s to judge.
/// </summary>
public static class PayloadReader
{
    /// <summary>
    /// Reads a body. Never throws: what is nearly JSON is mended (<see cref="LooseJson"/>), of a body that breaks off the whole records are
    /// kept and the rest is one reject; one without a whole record is one reject altogether.
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

        if (LooseJson.Mend(json) is not { } mended)
        {
            return message;
        }

        TryRead(mended.Json, 0, mended.Json.Length, out message);
        return message.Rejects is [{ Scope: RejectScope.Body, Reason: var why }]
            ? ParsedMessage.Unreadable(why, body.Length, message.Shape)
            : message.Moved(offset => mended.Original(offset) + origin);
    }

    /// <summary>Reads a body of which something may be wrong already: if it can't be read, that is why, and not that it is no JSON.</summary>
    public static ParsedMessage Read(ReadOnlySpan<byte> body, RejectReason? fault)
    {
        var message = Read(body);
        return fault is { } why && message.Rejects is [{ Scope: RejectScope.Body }] ? ParsedMessage.Unreadable(why, body.Length) : message;
    }

    /// <summary>Reads a text; false if it is no JSON. Then the message has the records before the fault.</summary>
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
