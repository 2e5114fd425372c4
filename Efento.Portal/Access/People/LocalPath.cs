namespace Efento.Portal.Access;

/// <summary>The target after a sign-in. The address comes from outside, so only pages of the portal are allowed.</summary>
internal static class LocalPath
{
    private static readonly Uri Anywhere = new("http://localhost");

    /// <summary>
    /// The path in a form that is safe in a header, if it is one of the portal's own; otherwise the path of the overview.
    /// </summary>
    public static string Of(string? from) =>
        IsOwn(from) && !from!.Any(char.IsControl) && Uri.TryCreate(Anywhere, from, out var address) && IsOwn(address.PathAndQuery)
            ? address.PathAndQuery + address.Fragment
            : "/";

    // Two slashes, or a slash and a backslash, begin the name of another host. "/.//host" turns into such a path.
    private static bool IsOwn(string? path) => path is ['/'] or ['/', not ('/' or '\\'), ..];
}
