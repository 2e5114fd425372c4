using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Efento.Portal.Export;

/// <summary>A table that a user uploaded. Its first line names the columns; cells are separated by semicolons or commas.</summary>
/// <param name="Columns">The names of the columns in lower case.</param>
/// <param name="Lines">The lines below, without empty ones.</param>
internal sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<CsvLine> Lines)
{
    /// <summary>The largest file, in bytes: 1 MB.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>The most lines.</summary>
    public const int MostLines = 20_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The file, UTF-8 with or without a byte order mark.</param>
    /// <returns>The table, or why there is none.</returns>
    public static (CsvTable? Table, CsvFault? Fault) Read(byte[] bytes)
    {
        if (bytes.Length > MostBytes)
        {
            return (null, new CsvFault(CsvFaultKind.TooLarge));
        }

        try
        {
            return Parse(Utf8.GetString(bytes).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException)
        {
            return (null, new CsvFault(CsvFaultKind.NotUtf8));
        }
    }

    private static (CsvTable? Table, CsvFault? Fault) Parse(string text)
    {
        // Other encodings of two bytes a letter are valid UTF-8 with zeros in between.
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return (null, new CsvFault(CsvFaultKind.NotUtf8));
        }

        int? broken = null;
        using var reader = new StringReader(text);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = SeparatorOf(text),
            BadDataFound = bad => broken ??= bad.Context.Parser?.RawRow,
        });
        List<CsvLine> lines = [];
        string[]? columns = null;
        while (parser.Read() && broken is null)
        {
            if (columns is null)
            {
                columns = [.. parser.Record!.Select(name => name.Trim().ToLowerInvariant())];
            }
            else if (lines.Count == MostLines)
            {
                return (null, new CsvFault(CsvFaultKind.TooManyLines));
            }
            else if (parser.Record!.Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                lines.Add(new CsvLine(parser.RawRow, parser.Record!));
            }
        }

        return broken is { } line ? (null, new CsvFault(CsvFaultKind.Broken, line))
            : columns is null ? (null, new CsvFault(CsvFaultKind.Empty))
            : (new CsvTable(columns, lines), null);
    }

    /// <summary>What separates the names of the columns.</summary>
    private static string SeparatorOf(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return text.AsSpan(0, end < 0 ? text.Length : end).Contains(';') ? ";" : ",";
    }
}

/// <summary>A line of a table.</summary>
/// <param name="Number">The number of its last line in the file, from 1.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record CsvLine(int Number, IReadOnlyList<string> Cells);

/// <summary>Why a file can't be read.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Line">The line concerned; 0 if it is the whole file.</param>
public sealed record CsvFault(CsvFaultKind Kind, int Line = 0);

/// <summary>The kinds of faults of a file.</summary>
public enum CsvFaultKind
{
    /// <summary>It has more than <see cref="CsvTable.MostBytes"/>.</summary>
    TooLarge,

    /// <summary>It has more than <see cref="CsvTable.MostLines"/>.</summary>
    TooManyLines,

    /// <summary>It is not encoded as UTF-8.</summary>
    NotUtf8,

    /// <summary>It has no line.</summary>
    Empty,

    /// <summary>A cell has a quotation mark where none may be, or one that is not closed.</summary>
    Broken,

    /// <summary>A column that is needed is missing.</summary>
    ColumnMissing,

    /// <summary>A column is there twice.</summary>
    ColumnTwice,
}
