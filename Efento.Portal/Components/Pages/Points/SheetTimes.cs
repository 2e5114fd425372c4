using System.Globalization;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>How tables for spreadsheets write times and names.</summary>
/// <param name="Zone">The time zone of all times.</param>
internal sealed record SheetTimes(TimeZoneInfo Zone)
{
    private static readonly char[] NotInFileNames = [.. "/\\:*?\"<>|", .. Enumerable.Range(0, 32).Select(code => (char)code)];

    /// <summary>Two cells. A spreadsheet takes the first for a time, which it would not if the offset were part of it.</summary>
    public string[] Cells(DateTimeOffset utc)
    {
        var local = TimeZoneInfo.ConvertTime(utc, Zone);
        return
        [
            local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), local.ToString("'UTC'zzz", CultureInfo.InvariantCulture),
        ];
    }

    /// <summary>The name of a file: what it has, and the range.</summary>
    public string FileName(string what, DateTimeOffset fromUtc, DateTimeOffset toUtc)
    {
        var name = string.Concat(what.Select(c => NotInFileNames.Contains(c) ? '-' : c));
        return $"{name} {InFileName(fromUtc)} - {InFileName(toUtc)}.csv";
    }

    /// <summary>The heading of a column.</summary>
    public static string Titled(string name, string unit) => unit.Length == 0 ? name : $"{name} ({unit})";

    private string InFileName(DateTimeOffset utc) =>
        TimeZoneInfo.ConvertTime(utc, Zone).ToString("yyyy-MM-dd HH.mm", CultureInfo.InvariantCulture);
}
