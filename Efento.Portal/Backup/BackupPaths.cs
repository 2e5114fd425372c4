using System.Globalization;
using Efento.Portal.Data;

namespace Efento.Portal.Backup;

/// <summary>The names of backups and of what is in them.</summary>
internal static class BackupPaths
{
    /// <summary>The database, in a backup as in a data directory.</summary>
    public const string Database = "portal.db";

    /// <summary>The keys, in a backup as in a data directory.</summary>
    public const string Keys = DataDirectory.Keys;

    /// <summary>The beginning of the dated names.</summary>
    public const string Prefix = "efento-portal-";

    /// <summary>The end of the name of a backup without a passphrase, which tar unpacks as well.</summary>
    public const string Plain = ".tar.gz";

    /// <summary>The end of the name of an encrypted one.</summary>
    public const string Encrypted = ".backup";

    private const string Form = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The name of a backup made at a time.</summary>
    public static string NameOf(DateTimeOffset madeUtc, bool isEncrypted) =>
        Prefix + madeUtc.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture) + (isEncrypted ? Encrypted : Plain);

    /// <summary>When a backup was made, by its name; null if it has another name.</summary>
    public static DateTimeOffset? TimeOf(string path)
    {
        var name = Path.GetFileName(path);
        var end = name.EndsWith(Plain, StringComparison.Ordinal) ? Plain : Encrypted;
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)
            && name.Length == Prefix.Length + Form.Replace("'", "", StringComparison.Ordinal).Length + end.Length
            && DateTimeOffset.TryParseExact(
                name[Prefix.Length..^end.Length], Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var madeUtc)
            ? madeUtc
            : null;
    }

    /// <summary>Where a backup goes: a directory gets a dated name.</summary>
    public static string TargetOf(string to, DateTimeOffset madeUtc, bool isEncrypted) =>
        Path.GetFullPath(Directory.Exists(to) ? Path.Combine(to, NameOf(madeUtc, isEncrypted)) : to);
}
