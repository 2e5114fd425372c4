namespace Efento.Portal.Configuration;

/// <summary>Checks that a token fits into a header and into a gateway's settings.</summary>
internal static class TokenText
{
    /// <summary>Whether it is 1 to <paramref name="longest"/> printable ASCII characters without spaces.</summary>
    public static bool IsAllowed(string token, int longest) =>
        token.Length >= 1 && token.Length <= longest && token.All(c => c is > ' ' and <= '~');
}
