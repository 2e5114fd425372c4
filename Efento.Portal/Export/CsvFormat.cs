using System.Globalization;

namespace Efento.Portal.Export;

/// <summary>How a table for people separates its cells and writes numbers. Spreadsheets expect what is usual in their language.</summary>
/// <param name="Key">Its name in addresses.</param>
/// <param name="Separator">The character between cells.</param>
/// <param name="DecimalMark">The decimal mark of numbers.</param>
internal sealed record CsvFormat(string Key, char Separator, char DecimalMark)
{
    /// <summary>21.5 and commas between cells, as in English.</summary>
    public static readonly CsvFormat Comma = new("comma", ',', '.');

    /// <summary>21,5 and semicolons between cells, as in most languages of Europe.</summary>
    public static readonly CsvFormat Semicolon = new("semicolon", ';', ',');

    /// <summary>The format with a key; the usual one of the current language if there is none.</summary>
    public static CsvFormat Of(string? key) => key switch
    {
        "comma" => Comma,
        "semicolon" => Semicolon,
        _ => CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == "," ? Semicolon : Comma,
    };

    /// <summary>A cell with text.</summary>
    public string Cell(string? text) => CsvText.Cell(text, Separator);

    /// <summary>A line of cells, with its end.</summary>
    public string Line(IEnumerable<string> cells) => string.Join(Separator, cells) + CsvText.EndOfLine;
}
