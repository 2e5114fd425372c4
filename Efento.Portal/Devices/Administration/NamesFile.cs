using System.Text;
using Efento.Portal.Export;

namespace Efento.Portal.Devices.Administration;

/// <summary>Names, locations and remarks of loggers as a table for spreadsheets, and what such a table would change.</summary>
internal static class NamesFile
{
    /// <summary>The columns. All but the first may be left out; what they hold then stays.</summary>
    public const string Serial = "serial", Name = "name", Location = "location", Remark = "remark";

    /// <summary>All columns in their order.</summary>
    public static readonly IReadOnlyList<string> Columns = [Serial, Name, Location, Remark];

    /// <summary>The table of these loggers, with the byte order mark that spreadsheets need.</summary>
    public static byte[] Write(IEnumerable<LoggerOverview> loggers, CsvFormat format) =>
    [
        .. Encoding.UTF8.Preamble,
        .. Encoding.UTF8.GetBytes(string.Concat(
            loggers.Where(l => l.Point is not null)
                .OrderBy(l => l.Serial, StringComparer.Ordinal)
                .Select(l => (string?[])[l.Serial, l.Point!.Name, l.Point.Location?.Path, l.Point.Place])
                .Prepend([.. Columns])
                .Select(cells => format.Line(cells.Select(format.Cell))))),
    ];

    /// <summary>What a file would change. Nothing is changed yet.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="loggers">The loggers that may be named.</param>
    /// <param name="tree">The locations.</param>
    public static NamesPreview Read(byte[] bytes, IReadOnlyList<LoggerOverview> loggers, LocationTree tree)
    {
        var (table, fault) = CsvTable.Read(bytes);
        fault ??= table!.Columns.Contains(Serial) ? null : new CsvFault(CsvFaultKind.ColumnMissing);
        fault ??= Columns.Any(name => table!.Columns.Count(c => c == name) > 1) ? new CsvFault(CsvFaultKind.ColumnTwice) : null;
        return fault is null
            ? new NamesPreview(null, new NamesReader(table!, loggers, tree).Lines())
            : new NamesPreview(fault, []);
    }
}

/// <summary>What a file would change.</summary>
/// <param name="Fault">Why it can't be read; null if it can.</param>
/// <param name="Lines">Its lines.</param>
public sealed record NamesPreview(CsvFault? Fault, IReadOnlyList<NamesLine> Lines)
{
    /// <summary>The lines that can't be.</summary>
    public IReadOnlyList<NamesLine> Faulty { get; } = [.. Lines.Where(l => l.Fault is not null)];

    /// <summary>The lines that change something.</summary>
    public IReadOnlyList<NamesLine> Changing { get; } = [.. Lines.Where(l => l.Fault is null && l.Change is not null)];

    /// <summary>Whether all of it can be done.</summary>
    public bool IsReady => Fault is null && Faulty.Count == 0 && Changing.Count > 0;
}

/// <summary>A line of a file.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Serial">Its serial, as it is stored.</param>
/// <param name="Fault">Why it can't be; null if it can.</param>
public sealed record NamesLine(int Number, string Serial, NamesFault? Fault)
{
    /// <summary>What the fault is about, such as a location.</summary>
    public string About { get; init; } = "";

    /// <summary>The point as it is; null if the serial is not known.</summary>
    public PointOverview? Point { get; init; }

    /// <summary>The change; null if there is none.</summary>
    public PointChange? Change { get; init; }
}

/// <summary>Why a line can't be.</summary>
public enum NamesFault
{
    /// <summary>It has more or fewer cells than there are columns.</summary>
    Cells,

    /// <summary>No logger has this serial.</summary>
    UnknownSerial,

    /// <summary>Another line has the same serial.</summary>
    SerialTwice,

    /// <summary>The name is empty.</summary>
    NameMissing,

    /// <summary>Name or remark are longer than they may be.</summary>
    TooLong,

    /// <summary>Name or remark have a line break or another control character.</summary>
    NotOneLine,

    /// <summary>There is no such location, or several have this name.</summary>
    NoSuchLocation,
}
