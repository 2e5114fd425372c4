namespace Efento.Portal.Simulation;

/// <summary>A server's reply as a gateway sees it.</summary>
/// <param name="Status">The status code.</param>
/// <param name="HeaderCount">Header lines.</param>
/// <param name="ContentType">The media type, without parameters.</param>
/// <param name="HasContentLength">Whether the length was announced.</param>
/// <param name="HasCookie">Whether it sets a cookie.</param>
/// <param name="IsCompressed">Whether the body is encoded.</param>
/// <param name="Body">The body.</param>
internal sealed record GatewayReply(
    int Status,
    int HeaderCount,
    string? ContentType,
    bool HasContentLength,
    bool HasCookie,
    bool IsCompressed,
    byte[] Body)
{
    /// <summary>A gateway rejects replies with more headers. Source: docs/gateway-api.md, "Answers".</summary>
    public const int MaxHeaders = 10;

    /// <summary>Whether a gateway accepts it as an answer.</summary>
    public bool IsAccepted => HeaderCount <= MaxHeaders;

    /// <summary>Reads a reply to its end.</summary>
    public static async Task<GatewayReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        // Header lines are counted first, because parsed headers no longer show how many there were.
        var count = response.Headers.NonValidated.Sum(h => h.Value.Count) + response.Content.Headers.NonValidated.Sum(h => h.Value.Count);
        var hasLength = response.Content.Headers.NonValidated.Contains("Content-Length");
        return new GatewayReply(
            (int)response.StatusCode,
            count,
            response.Content.Headers.ContentType?.MediaType,
            hasLength,
            response.Headers.NonValidated.Contains("Set-Cookie"),
            response.Content.Headers.ContentEncoding.Count > 0,
            await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>The violations that do not depend on the request.</summary>
    public IEnumerable<(ViolationKind Kind, string Detail)> Violations()
    {
        if (!IsAccepted)
        {
            yield return (
                ViolationKind.TooManyHeaders, $"{HeaderCount} headers with status {Status}; a gateway refuses more than {MaxHeaders}");
        }

        if (Status is >= 300 and < 400)
        {
            yield return (ViolationKind.Redirect, $"status {Status}; a gateway doesn't follow redirects");
        }

        if (HasCookie)
        {
            yield return (ViolationKind.Cookie, $"a cookie with status {Status}");
        }

        if (IsCompressed)
        {
            yield return (ViolationKind.Compressed, $"a compressed body with status {Status}");
        }

        if (!HasContentLength)
        {
            yield return (ViolationKind.NoContentLength, $"no Content-Length with status {Status}");
        }
    }
}
