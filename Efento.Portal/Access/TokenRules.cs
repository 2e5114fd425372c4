namespace Efento.Portal.Access;

/// <summary>What may be said of a token, in words where it may not.</summary>
internal static class TokenRules
{
    public const int LongestName = 100;
    public const int LongestNote = 500;

    /// <summary>
    /// Headers alone must be as hard to guess as a token that is made by hand. One of them by itself: the answer names the one that is wrong, so
    /// each could be guessed after the other.
    /// </summary>
    private const int LeastSecret = 16;

    private const int LongestSerial = 64;
    private const int MostSerials = 50;
    private const int LongestNetworks = 1000;
    private static readonly char[] Between = [' ', ',', ';', '\n', '\r', '\t'];

    /// <summary>As they are stored: trimmed, lists separated by single spaces, nothing instead of empty text.</summary>
    public static T Tidy<T>(T details)
        where T : GatewayTokenDetails => details with
        {
            Name = details.Name.Trim(),
            Note = OrNull(details.Note),
            Networks = OrNull(string.Join(' ', Parts(details.Networks))),
            Serials = OrNull(string.Join(' ', Parts(details.Serials).Select(SerialNumber.Fold).Distinct())),
        };

    /// <summary>As they are stored.</summary>
    public static T TidyApi<T>(T details)
        where T : ApiTokenDetails => details with { Name = details.Name.Trim(), Note = OrNull(details.Note) };

    /// <summary>What is wrong with tidy details.</summary>
    public static IEnumerable<string> Faults(GatewayTokenDetails details, DateTimeOffset now)
    {
        foreach (var fault in Faults(details.Name, details.Note, details.ExpiresUtc, now))
        {
            yield return fault;
        }

        _ = Networks.ReadAll(details.Networks, out var wrong);
        if (wrong is not null)
        {
            yield return AccessText.TokenNetwork(wrong);
        }
        else if (details.Networks?.Length > LongestNetworks)
        {
            yield return AccessText.TokenNetworks(LongestNetworks);
        }

        var serials = Parts(details.Serials);
        if (serials.Length > MostSerials || serials.Any(s => !TokenText.IsAllowed(s, LongestSerial)))
        {
            yield return AccessText.TokenSerials(MostSerials);
        }
    }

    /// <summary>What is wrong with the headers of a draft.</summary>
    public static IEnumerable<string> HeaderFaults(GatewayTokenDraft draft)
    {
        if (draft.Headers.Count > TokenHeader.MostPerToken)
        {
            yield return AccessText.TokenHeaders(TokenHeader.MostPerToken);
        }

        foreach (var header in draft.Headers)
        {
            if (!CustomHeader.IsName(header.Name))
            {
                yield return AccessText.TokenHeaderName(header.Name);
            }
            else if (CustomHeader.IsTaken(header.Name))
            {
                yield return AccessText.TokenHeaderMeaning(header.Name);
            }
            else if (header.Value.Length > 0 && !CustomHeader.IsValue(header.Value))
            {
                yield return AccessText.TokenHeaderValue(header.Name, CustomHeader.LongestValue);
            }
        }

        foreach (var twice in draft.Headers.GroupBy(h => h.Name, StringComparer.OrdinalIgnoreCase).Where(name => name.Count() > 1))
        {
            yield return AccessText.TokenHeaderTwice(twice.Key);
        }

        if (draft.IsHeadersOnly && draft.Headers.Count == 0)
        {
            yield return AccessText.TokenHeadersNone;
        }
        else if (draft.IsHeadersOnly && draft.Headers.All(h => h.Value.Length is > 0 and < LeastSecret))
        {
            yield return AccessText.TokenHeadersWeak(LeastSecret);
        }
    }

    /// <summary>What is wrong with what all tokens have.</summary>
    public static IEnumerable<string> Faults(string name, string? note, DateTimeOffset? expiresUtc, DateTimeOffset now)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            yield return AccessText.TokenName(LongestName);
        }

        if (note?.Length > LongestNote)
        {
            yield return AccessText.TokenNote(LongestNote);
        }

        if (expiresUtc <= now)
        {
            yield return AccessText.TokenEnd;
        }
    }

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] Parts(string? list) => (list ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);
}
