namespace Efento.Portal.Configuration;

/// <summary>Reads the address at which people open the portal.</summary>
internal static class AddressText
{
    /// <summary>The most letters of an address.</summary>
    public const int MostLetters = 200;

    /// <summary>What it must be, for the settings file.</summary>
    public const string MustBe =
        "an http or https address without a path, such as https://portal.example.com; at most 200 characters";

    /// <summary>
    /// The address: http or https, a host, and a port if it is not the usual one. Null if the text has anything else in it, such as a path,
    /// a query or a password.
    /// </summary>
    public static Uri? Read(string? text) =>
        text?.Trim() is { Length: > 0 and <= MostLetters } address
        && (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && !address.AsSpan().ContainsAny("?#@\\")
        && Uri.TryCreate(address, UriKind.Absolute, out var read)
        && read is { AbsolutePath: "/", Host.Length: > 0, UserInfo: "", Port: > 0 }
            ? read
            : null;

    /// <summary>An address as it is stored and shown: without a slash at its end.</summary>
    public static string Of(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
