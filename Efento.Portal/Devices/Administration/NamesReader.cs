using Efento.Portal.Access;
using Efento.Portal.Export;

namespace Efento.Portal.Devices.Administration;

/// <summary>Reads the lines of a table of names.</summary>
/// <param name="table">The table.</param>
/// <param name="loggers">The loggers that may be named.</param>
/// <param name="tree">The locations.</param>
internal sealed class NamesReader(CsvTable table, IReadOnlyList<LoggerOverview> loggers, LocationTree tree)
{
    private readonly Dictionary<string, PointOverview> _points =
        loggers.Where(l => l.Point is not null).ToDictionary(l => l.Serial, l => l.Point!, StringComparer.Ordinal);

    private readonly ILookup<string, LocationEntry> _byPath = tree.All.ToLookup(l => Tidy(l.Path), StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, LocationEntry> _byName = tree.All.ToLookup(l => l.Name.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The lines, each with what it changes or why it can't be.</summary>
    public IReadOnlyList<NamesLine> Lines()
    {
        var lines = table.Lines.Select(Read).ToList();
        var twice = lines.CountBy(l => l.Serial).Where(s => s.Value > 1).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        return [.. lines.Select(l => l.Fault is null && twice.Contains(l.Serial) ? l with { Fault = NamesFault.SerialTwice } : l)];
    }

    private NamesLine Read(CsvLine line)
    {
        var serial = SerialNumber.Fold(Cell(line, NamesFile.Serial) ?? "");
        return line.Cells.Count != table.Columns.Count ? new NamesLine(line.Number, serial, NamesFault.Cells)
            : _points.TryGetValue(serial, out var point) ? Read(line, serial, point)
            : new NamesLine(line.Number, serial, NamesFault.UnknownSerial);
    }

    private NamesLine Read(CsvLine line, string serial, PointOverview point)
    {
        var now = PointLabel.Of(point);
        var path = Cell(line, NamesFile.Location);
        var location = path is null ? point.Location : Find(path);
        var label = new PointLabel(
            Cell(line, NamesFile.Name) ?? now.Name, location?.Id, Cell(line, NamesFile.Remark) ?? now.Place).Tidy();
        NamesFault? fault = path?.Length > 0 && location is null ? NamesFault.NoSuchLocation : FaultOf(label);
        return new NamesLine(line.Number, serial, fault)
        {
            About = path ?? "",
            Point = point,
            Change = label == now ? null : new PointChange(new Seen(point.Id, point.Version), label),
        };
    }

    /// <summary>The text of a cell; null if there is no such column.</summary>
    private string? Cell(CsvLine line, string column) =>
        table.Columns.ToList().IndexOf(column) is >= 0 and var at
            ? CsvText.Text(line.Cells.ElementAtOrDefault(at) ?? "").Trim()
            : null;

    /// <summary>The location of a path, or of a name that only one has.</summary>
    private LocationEntry? Find(string path) =>
        _byPath[Tidy(path)].ToList() is [var exact] ? exact : _byName[path].ToList() is [var named] ? named : null;

    private static string Tidy(string path) =>
        string.Join('›', path.Split(['›', '>'], StringSplitOptions.TrimEntries));

    private static NamesFault? FaultOf(PointLabel label) => label.Fault() switch
    {
        PointOutcome.NameMissing => NamesFault.NameMissing,
        PointOutcome.TooLong => NamesFault.TooLong,
        PointOutcome.NotOneLine => NamesFault.NotOneLine,
        _ => null,
    };
}
