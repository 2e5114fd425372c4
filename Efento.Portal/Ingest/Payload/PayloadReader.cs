using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads a measurements body, v2 and v4 alike, as tolerantly as docs/gateway-api.md ("Measurements body") says, and sets the smallest bad
/// part aside. A pure function without a clock: how far ahead or old a time may be is <see cref="ClockSkew"/>'s to judge.
/// </summary>
public static class PayloadReader
{
    /// <summary>Reads a body. Never throws: a body that is no JSON, or breaks off, is one reject and nothing of it is kept.</summary>
    public static ParsedMessage Read(ReadOnlySpan<byte> body)
    {
        var json = ByteOrderMark.Skip(body);
        if (!json.ContainsAnyExcept(" \t\r\n"u8))
        {
            return ParsedMessage.Unreadable(RejectReason.EmptyBody, body.Length);
        }

        Span<byte> scratch = stackalloc byte[JsonScalar.ScratchBytes];
        var scan = new MessageScan(json, origin: body.Length - json.Length, scratch);
        try
        {
            return scan.Read() is { } reason ? ParsedMessage.Unreadable(reason, body.Length, scan.Shape) : scan.Message;
        }
        catch (JsonException)
        {
            return ParsedMessage.Unreadable(RejectReason.NotJson, body.Length);
        }
    }
}
