namespace Efento.Portal.Ingest;

/// <summary>The path of a refused request as it is kept and shown: what came is a stranger's text.</summary>
internal static class RefusedPath
{
    private const int MostCharacters = 100;

    /// <summary>Without its query, which may hold secrets, of bounded length and printable; null if there is none.</summary>
    public static string? Of(string? target)
    {
        var path = (target ?? "").Split('?')[0];
        return path.Length == 0 ? null : string.Concat(path.Take(MostCharacters).Select(c => c is > ' ' and <= '~' ? c : '.'));
    }
}
