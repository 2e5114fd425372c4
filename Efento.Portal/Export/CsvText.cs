namespace Efento.Portal.Export;

/// <summary>
/// Text in a cell of a table (RFC 4180). Spreadsheets run what begins like a formula, and much of the text comes from outside: such a cell
/// gets an apostrophe in front, which they take for "this is text".
/// </summary>
public static class CsvText
{
    /// <summary>The end of a line.</summary>
    public const string EndOfLine = "\r\n";

    /// <summary>The cell; empty for null.</summary>
    public static string Cell(string? text) => text is null ? "" : Quoted(Harmless(text));

    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? $"'{text}" : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
