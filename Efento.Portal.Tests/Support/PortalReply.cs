namespace Efento.Portal.Tests.Support;

/// <summary>What the portal answered, header by header as it was sent.</summary>
public sealed record PortalReply(int Status, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    /// <summary>The header's only value; null if it was not sent.</summary>
    public string? this[string header] =>
        Headers.Where(h => h.Name.Equals(header, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).SingleOrDefault();

    internal static async Task<PortalReply> ReadAsync(HttpResponseMessage response)
    {
        List<(string, string)> headers =
        [
            .. response.Headers.NonValidated.SelectMany(h => h.Value.Select(v => (h.Key, v))),
            .. response.Content.Headers.NonValidated.SelectMany(h => h.Value.Select(v => (h.Key, v))),
        ];
        return new PortalReply((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }
}
