using Efento.Portal.Configuration;

namespace Efento.Portal.Access;

/// <summary>Checks the details of tokens, and names the faults.</summary>
internal static class TokenRules
{
    public const int LongestName = 100;
    public const int LongestNote = 500;

    /// <summary>
    /// The shortest secret of a token that requires only headers; it must be as hard to guess as a token made by hand. A single header must
    /// be that long: the answer names the wrong header, so that several short ones could be guessed one after the other.
    /// </summary>
    public const int LeastSecret = 16;

    private const int LongestSerial = 64;
    public const int MostSerials = 50;
    public const int LongestNetworks = 1000;
    private static readonly char[] Between = [' ', ',', ';', '\n', '\r', '\t'];

    /// <summary>The details in their stored form: trimmed, lists separated by single spaces, null instead of empty text.</summary>
    public static T Tidy<T>(T details)
        where T : GatewayTokenDetails => details with
        {
            Name = details.Name.Trim(),
            Note = OrNull(details.Note),
            Networks = OrNull(string.Join(' ', Parts(details.Networks))),
            Serials = OrNull(string.Join(' ', Parts(details.Serials).Select(SerialNumber.Fold).Distinct())),
        };

    /// <summary>The details in their stored form.</summary>
    public static T TidyApi<T>(T details)
        where T : ApiTokenDetails => details with { Name = details.Name.Trim(), Note = OrNull(details.Note) };

    /// <summary>The faults of details in their stored form.</summary>
    public static IEnumerable<AccessFault> Faults(GatewayTokenDetails details, DateTimeOffset now)
    {
        foreach (var fault in Faults(details.Name, details.Note, details.ExpiresUtc, now))
        {
            yield return fault;
        }

        _ = Networks.ReadAll(details.Networks, out var wrong);
        if (wrong is not null)
        {
            yield return new AccessFault(AccessFaultKind.TokenNetwork, wrong);
        }
        else if (details.Networks?.Length > LongestNetworks)
        {
            yield return AccessFaultKind.TokenNetworks;
        }

        var serials = Parts(details.Serials);
        if (serials.Length > MostSerials || serials.Any(s => !TokenText.IsAllowed(s, LongestSerial)))
        {
            yield return AccessFaultKind.TokenSerials;
        }
    }

    /// <summary>The faults of a draft's headers.</summary>
    public static IEnumerable<AccessFault> HeaderFaults(GatewayTokenDraft draft)
    {
        if (draft.Headers.Count > TokenHeader.MostPerToken)
        {
            yield return AccessFaultKind.TokenHeaders;
        }

        foreach (var header in draft.Headers)
        {
            if (!CustomHeader.IsName(header.Name))
            {
                yield return new AccessFault(AccessFaultKind.TokenHeaderName, header.Name);
            }
            else if (CustomHeader.IsTaken(header.Name))
            {
                yield return new AccessFault(AccessFaultKind.TokenHeaderMeaning, header.Name);
            }
            else if (header.Value.Length > 0 && !CustomHeader.IsValue(header.Value))
            {
                yield return new AccessFault(AccessFaultKind.TokenHeaderValue, header.Name);
            }
        }

        foreach (var twice in draft.Headers.GroupBy(h => h.Name, StringComparer.OrdinalIgnoreCase).Where(name => name.Count() > 1))
        {
            yield return new AccessFault(AccessFaultKind.TokenHeaderTwice, twice.Key);
        }

        if (draft.IsHeadersOnly && draft.Headers.Count == 0)
        {
            yield return AccessFaultKind.TokenHeadersNone;
        }
        else if (draft.IsHeadersOnly && draft.Headers.All(h => h.Value.Length is > 0 and < LeastSecret))
        {
            yield return AccessFaultKind.TokenHeadersWeak;
        }
    }

    /// <summary>The faults of the details that all tokens have.</summary>
    public static IEnumerable<AccessFault> Faults(string name, string? note, DateTimeOffset? expiresUtc, DateTimeOffset now)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            yield return AccessFaultKind.TokenName;
        }

        if (note?.Length > LongestNote)
        {
            yield return AccessFaultKind.TokenNote;
        }

        if (expiresUtc <= now)
        {
            yield return AccessFaultKind.TokenEnd;
        }
    }

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] Parts(string? list) => (list ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);
}
