namespace Efento.Portal.Ingest;

/// <summary>The path of a refused request in a form that is safe to store and show, since anybody could have sent it.</summary>
internal static class RefusedPath
{
    private const int MostCharacters = 100;

    /// <summary>The path without its query, which may contain secrets; printable and of limited length. Null if there is none.</summary>
    public static string? Of(string? target)
    {
        var path = (target ?? "").Split('?')[0];
        return path.Length == 0 ? null : string.Concat(path.Take(MostCharacters).Select(c => c is > ' ' and <= '~' ? c : '.'));
    }
}
