using System.Globalization;
using Efento.Portal.Access.Audit;

namespace Efento.Portal.Access;

/// <summary>The notes about tokens for the audit trail. They never contain a token, a value or a hash.</summary>
internal static class TokenNotes
{
    public static string Subject(GatewayToken token) => $"gateway token {token.Id} {token.Name}";

    public static string Subject(ApiToken token) => $"API token {token.Id} {token.Name}";

    public static AuditNote Issued(GatewayToken token, IEnumerable<string> headers) =>
        new("gateway token issued", Subject(token), New: InWords(Facts(token, headers)));

    public static AuditNote Issued(ApiToken token) => new("API token issued", Subject(token), New: InWords(Facts(token)));

    /// <summary>The differences between before and after; null if there are none.</summary>
    public static AuditNote? Changed(
        string action, string subject, IReadOnlyList<(string What, string Value)> before, IReadOnlyList<(string What, string Value)> after)
    {
        var gone = before.Except(after).ToList();
        var come = after.Except(before).ToList();
        return gone.Count + come.Count == 0 ? null : new(action, subject, InWords(gone), InWords(come));
    }

    public static IReadOnlyList<(string What, string Value)> Facts(GatewayToken token, IEnumerable<string> headers) => Told(
        ("name", token.Name),
        ("note", token.Note),
        ("gateway", token.GatewayId?.ToString(CultureInfo.InvariantCulture)),
        ("until", InWords(token.ExpiresUtc)),
        ("networks", token.Networks),
        ("heartbeats of", token.Serials),
        (token.IsHeadersOnly ? "headers alone" : "headers", string.Join(' ', headers)));

    public static IReadOnlyList<(string What, string Value)> Facts(ApiToken token) => Told(
        ("name", token.Name),
        ("note", token.Note),
        ("scopes", token.Scopes),
        ("locations", token.Locations),
        ("until", InWords(token.ExpiresUtc)));

    public static string? InWords(DateTimeOffset? atUtc) =>
        atUtc?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string InWords(IEnumerable<(string What, string Value)> facts) =>
        string.Join("; ", facts.Select(f => $"{f.What}: {f.Value}"));

    private static IReadOnlyList<(string What, string Value)> Told(params (string What, string? Value)[] facts) =>
        [.. facts.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => (f.What, f.Value!))];
}
