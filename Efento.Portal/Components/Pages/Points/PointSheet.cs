using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Export;
using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>The lines of <see cref="PointCsv"/>, with a column for each channel.</summary>
/// <param name="Point">The measuring point; null if there is none, or none that the user may see.</param>
/// <param name="Units">The user's units.</param>
/// <param name="Times">How times are written.</param>
/// <param name="Format">How cells are separated and numbers are written.</param>
internal sealed record PointSheet(PointDetails? Point, Units Units, SheetTimes Times, CsvFormat Format)
{
    private readonly IReadOnlyList<PointChannel> _channels = Point?.Channels ?? [];
    private readonly IReadOnlyList<string> _names = MeasurementWords.Labels([.. (Point?.Channels ?? []).Select(c => (c.Channel, c.Type))]);

    /// <summary>The first line.</summary>
    public string Header => Format.Line(
        ((string[])
        [
            PointsText.Point, PointsText.Measured, PointsText.CsvOffset,
            .. _channels.Zip(_names, (channel, name) => SheetTimes.Titled(name, MeasurementWords.Unit(channel.Type, Units))),
            PointsText.CsvRemarks, PointsText.Logger, PointsText.Received, PointsText.CsvOffset, PointsText.CsvLate,
        ]).Select(Format.Cell));

    /// <summary>The name of the file: the point's name and the range, in that time zone.</summary>
    public string FileName(DateTimeOffset fromUtc, DateTimeOffset toUtc) =>
        Times.FileName(Point?.Point.Name ?? PointsText.Readings, fromUtc, toUtc);

    /// <summary>The line of a moment; one for each time of receipt if its readings did not come together.</summary>
    public string Lines(MomentRow moment, string? serial) =>
        string.Concat(moment.ByReceipt.Select(together => Line(moment with { Readings = [.. together] }, serial, together.Key)));

    private string Line(MomentRow moment, string? serial, DateTimeOffset receivedAtUtc) => Format.Line(
    [
        Format.Cell(Point!.Point.Name),
        .. Times.Cells(moment.MeasuredAtUtc),
        .. _channels.Select(c => Value(moment.Of(c.Channel, c.Type.Key))),
        Format.Cell(Remarks(moment)),
        Format.Cell(serial),
        .. Times.Cells(receivedAtUtc),
        moment.Readings.Any(r => r.IsLate)
            ? Format.Cell(PointsText.Late(GatewayWords.Span((long)(receivedAtUtc - moment.MeasuredAtUtc).TotalSeconds)))
            : "",
    ]);

    // Not quoted: "-4.5" is a number, not text from outside that could be taken for a formula.
    private string Value(TableRow? row) =>
        row is null ? "" : ShownReading.Cell(row.Type, row.Reading.Measurement, Units, Format.DecimalMark);

    private string Remarks(MomentRow moment) => string.Join(
        "; ",
        from one in _channels.Zip(_names, (channel, name) => (Row: moment.Of(channel.Channel, channel.Type.Key), Name: name))
        where one.Row is not null
        let remarks = ShownReading.Remarks(one.Row.Reading)
        where remarks.Length > 0
        select _channels.Count > 1 ? $"{one.Name}: {remarks}" : remarks);
}
