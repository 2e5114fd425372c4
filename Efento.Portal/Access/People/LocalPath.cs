namespace Efento.Portal.Access;

/// <summary>Where somebody is led after the sign-in: only ever a page of the portal, for the address comes from outside.</summary>
internal static class LocalPath
{
    /// <summary>The path itself if it is the portal's own, else the overview's.</summary>
    public static string Of(string? from) => from is ['/', not ('/' or '\\'), ..] && !from.Any(char.IsControl) ? from : "/";
}
