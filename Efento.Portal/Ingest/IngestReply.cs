using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Configuration;

namespace Efento.Portal.Ingest;

/// <summary>Writes the replies to gateways. Source: docs/gateway-api.md, "Answers".</summary>
internal static class IngestReply
{
    private const int RetryAfterSeconds = 300;

    /// <summary>
    /// 201: the message is durable. <paramref name="answers"/> lists the loggers to keep (Y) and the others (N); without it, the reply is
    /// an empty object.
    /// </summary>
    public static Task StoredAsync(HttpContext context, IReadOnlyList<(long Handle, bool Synchronise)>? answers)
    {
        var body = new ArrayBufferWriter<byte>(32 + (8 * (answers?.Count ?? 0)));
        if (answers is null)
        {
            body.Write("{}"u8);
        }
        else
        {
            body.Write("{\"Y\":["u8);
            WriteHandles(body, answers, synchronise: true);
            body.Write("],\"N\":["u8);
            WriteHandles(body, answers, synchronise: false);
            body.Write("]}"u8);
        }

        return SendAsync(context, StatusCodes.Status201Created, body.WrittenMemory);
    }

    /// <summary>401: the token is not accepted. The connection is closed.</summary>
    public static Task UnauthorisedAsync(HttpContext context, in TokenCheck check)
    {
        context.Response.Headers.Connection = "close";
        return SendAsync(context, StatusCodes.Status401Unauthorized, check.Verdict switch
        {
            TokenVerdict.Missing => "The header X-Api-Token is missing. Enter the token in the gateway's server settings.",
            TokenVerdict.PlainHttp =>
                "This portal takes HTTPS only. Turn TLS on in the gateway's server settings, and give it a new token: the one it sent could be read on the way.",
            TokenVerdict.Revoked => "This token was revoked. Enter a valid one in the gateway's server settings.",
            TokenVerdict.Expired => "This token has expired. Enter a valid one in the gateway's server settings.",
            TokenVerdict.HeaderMissing => $"The custom header {check.Header} is missing. Add it in the gateway's server settings.",
            TokenVerdict.HeaderWrong => $"The custom header {check.Header} has a wrong value. Correct it in the gateway's server settings.",
            TokenVerdict.WrongNetwork => "This token may not be used from this address.",
            TokenVerdict.WrongGateway => "This token does not take heartbeats of this gateway.",
            _ => "This token is not known. Enter the one the portal issued in the gateway's server settings.",
        });
    }

    /// <summary>404: not a gateway route.</summary>
    public static Task WrongPathAsync(HttpContext context) =>
        SendAsync(
            context, StatusCodes.Status404NotFound,
            $"Nothing is taken at this path. Measurements go to {GatewayRoutes.Measurements[0]}, heartbeats to {GatewayRoutes.Heartbeats[0]}.");

    /// <summary>405: gateways use POST.</summary>
    public static Task WrongMethodAsync(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        return SendAsync(context, StatusCodes.Status405MethodNotAllowed, "Gateways send with POST.");
    }

    /// <summary>
    /// 413: the message is larger than the limit. The connection is closed, because the rest of the body is still arriving.
    /// </summary>
    public static Task TooLargeAsync(HttpContext context, long limit)
    {
        context.Response.Headers.Connection = "close";
        return SendAsync(
            context, StatusCodes.Status413PayloadTooLarge, $"The body is larger than {limit} bytes (Portal:Ingest:MaxBodyBytes).");
    }

    /// <summary>400 or 408: the HTTP message is malformed or arrived too slowly. The connection is closed.</summary>
    public static Task MalformedAsync(HttpContext context, int status)
    {
        context.Response.Headers.Connection = "close";
        return SendAsync(context, status, "The HTTP message is malformed or came too slowly.");
    }

    /// <summary>503: try again in five minutes.</summary>
    public static Task LaterAsync(HttpContext context, string reason)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return SendAsync(context, StatusCodes.Status503ServiceUnavailable, reason);
    }

    private static Task SendAsync(HttpContext context, int status, string error) =>
        SendAsync(context, status, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["error"] = error }));

    private static Task SendAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.BodyWriter.WriteAsync(body).AsTask();
    }

    private static void WriteHandles(ArrayBufferWriter<byte> body, IReadOnlyList<(long Handle, bool Synchronise)> answers, bool synchronise)
    {
        var isFirst = true;
        for (var i = 0; i < answers.Count; i++)
        {
            if (answers[i].Synchronise != synchronise)
            {
                continue;
            }

            var space = body.GetSpan(24);
            var length = 0;
            if (!isFirst)
            {
                space[length++] = (byte)',';
            }

            Utf8Formatter.TryFormat(answers[i].Handle, space[length..], out var written);
            body.Advance(length + written);
            isFirst = false;
        }
    }
}
