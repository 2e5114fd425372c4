using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Components.Words;
using Efento.Portal.Export;
using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Compare;

/// <summary>The lines of <see cref="CompareCsv"/>, with a column for each channel.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Units">The user's units.</param>
/// <param name="Times">How times are written.</param>
/// <param name="Format">How cells are separated and numbers are written.</param>
internal sealed record CompareSheet(IReadOnlyList<ComparedChannel> Channels, Units Units, SheetTimes Times, CsvFormat Format)
{
    /// <summary>The first line.</summary>
    public string Header => Format.Line(
        ((string[])
        [
            PointsText.Measured, PointsText.CsvOffset,
            .. Channels.Select(c => SheetTimes.Titled($"{c.Details.Point.Name} · {c.Name}", MeasurementWords.Unit(c.Channel.Type, Units))),
            PointsText.CsvRemarks, PointsText.Logger, PointsText.Received, PointsText.CsvOffset, PointsText.CsvLate,
        ]).Select(Format.Cell));

    /// <summary>The name of the file.</summary>
    public string FileName(DateTimeOffset fromUtc, DateTimeOffset toUtc) => Times.FileName(CompareText.Title, fromUtc, toUtc);

    /// <summary>The line of a moment; one for each logger and time of receipt.</summary>
    public string Lines(TogetherRow moment, IReadOnlyDictionary<int, string> serials) => string.Concat(
        from one in Channels.Select(c => (Channel: c, Row: RowOf(moment, c)))
        where one.Row is not null
        group (one.Channel, Row: one.Row!) by (one.Row!.LoggerId, one.Row!.ReceivedAtUtc) into together
        orderby together.Key.ReceivedAtUtc
        select Line(moment.MeasuredAtUtc, [.. together], serials.GetValueOrDefault(together.Key.LoggerId), together.Key.ReceivedAtUtc));

    private string Line(
        DateTimeOffset measuredAtUtc, IReadOnlyList<(ComparedChannel Channel, TableRow Row)> rows, string? serial,
        DateTimeOffset receivedAtUtc) => Format.Line(
    [
        .. Times.Cells(measuredAtUtc),
        .. Channels.Select(c => Value(rows.Where(r => r.Channel == c).Select(r => r.Row).FirstOrDefault())),
        Format.Cell(Remarks(rows)),
        Format.Cell(serial),
        .. Times.Cells(receivedAtUtc),
        rows.Any(r => r.Row.IsLate)
            ? Format.Cell(PointsText.Late(GatewayWords.Span((long)(receivedAtUtc - measuredAtUtc).TotalSeconds)))
            : "",
    ]);

    private static TableRow? RowOf(TogetherRow moment, ComparedChannel channel) =>
        moment.Of(channel.Details.Point.Id, channel.Channel.Channel, channel.Channel.Type.Key);

    private string Value(TableRow? row) =>
        row is null ? "" : ShownReading.Cell(row.Type, row.Reading.Measurement, Units, Format.DecimalMark);

    private static string Remarks(IEnumerable<(ComparedChannel Channel, TableRow Row)> rows) => string.Join(
        "; ",
        from one in rows
        let remarks = ShownReading.Remarks(one.Row.Reading)
        where remarks.Length > 0
        select $"{one.Channel.Name}: {remarks}");
}
