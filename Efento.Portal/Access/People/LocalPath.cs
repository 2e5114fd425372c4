namespace Efento.Portal.Access;

/// <summary>Where somebody is led after the sign-in: only ever a page of the portal, for the address comes from outside.</summary>
internal static class LocalPath
{
    private static readonly Uri Anywhere = new("http://localhost");

    /// <summary>The path itself, fit for a header, if it is the portal's own; else the overview's.</summary>
    public static string Of(string? from) =>
        IsOwn(from) && !from!.Any(char.IsControl) && Uri.TryCreate(Anywhere, from, out var address) && IsOwn(address.PathAndQuery)
            ? address.PathAndQuery + address.Fragment
            : "/";

    // Two slashes, or one and a backslash, begin the name of another host; "/.//host" becomes such a beginning.
    private static bool IsOwn(string? path) => path is ['/'] or ['/', not ('/' or '\\'), ..];
}
