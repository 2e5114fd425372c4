namespace Efento.Portal.Export;

/// <summary>
/// Writes text as a cell of a table (RFC 4180). Spreadsheets execute text that begins like a formula, and much of the text comes from
/// outside. Such a cell gets a leading apostrophe, which marks it as text.
/// </summary>
internal static class CsvText
{
    /// <summary>The end of a line.</summary>
    public const string EndOfLine = "\r\n";

    /// <summary>The cell; empty for null.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">The character between cells.</param>
    public static string Cell(string? text, char separator = ',') => text is null ? "" : Quoted(Harmless(text), separator);

    /// <summary>The text of a cell: without the apostrophe that <see cref="Cell"/> puts before what begins like a formula.</summary>
    public static string Text(string cell) => cell is ['\'', _, ..] && Harmless(cell[1..]) == cell ? cell[1..] : cell;

    private static string Harmless(string text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? $"'{text}" : text;

    private static string Quoted(string text, char separator) =>
        text.AsSpan().IndexOfAny([separator, '"', '\r', '\n']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
