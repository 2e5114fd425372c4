namespace Efento.Portal.Access;

/// <summary>What a token may look like, so that it fits into a header and a gateway's field.</summary>
public static class TokenText
{
    /// <summary>Whether it is 1 to <paramref name="longest"/> printable ASCII characters without spaces.</summary>
    public static bool IsAllowed(string token, int longest) => token.Length >= 1 && token.Length <= longest && token.All(c => c is > ' ' and <= '~');
}
