using System.Globalization;
using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Devices;
using Efento.Portal.Export;
using Efento.Portal.Measurements.Ranges;
using Efento.Portal.ReadApi;

namespace Efento.Portal.Measurements;

/// <summary>The readings of a measuring point in a time as a table, oldest first; the columns of <see cref="ReadingsCsv"/> with the logger and whether it came late.</summary>
public sealed class PointReadingsCsv(TableQuery readings, LoggerDirectory loggers, ReceiptTimes receipts)
{
    private const string Route = "/downloads/points/{id:int}/readings.csv";
    private const int Portion = 1000;

    /// <summary>The header line.</summary>
    public const string Header = "logger," + ReadingsCsv.Header + ",late";

    /// <summary>Where the readings of a time are.</summary>
    public static string Address(int pointId, DateTimeOffset fromUtc, DateTimeOffset toUtc) =>
        $"downloads/points/{pointId}/readings.csv?from={Uri.EscapeDataString(UtcMilliseconds.Format(fromUtc))}&to={Uri.EscapeDataString(UtcMilliseconds.Format(toUtc))}";

    /// <summary>Maps the download.</summary>
    internal static void Map(WebApplication app) => app
        .MapGet(Route, (int id, DateTimeOffset from, DateTimeOffset to, HttpContext context, PointReadingsCsv csv, SiteScopes scopes, CancellationToken cancellationToken) => Results.Stream(
            stream => csv.WriteAsync(stream, scopes.Of(context.User), id, from, to, cancellationToken), "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"point-{id}.csv")))
        .ExcludeFromDescription()
        .RequireAuthorization(Policies.Look)
        .Audited("readings of a measuring point");

    /// <summary>Writes the table.</summary>
    public async Task WriteAsync(Stream stream, SiteScope scope, int pointId, DateTimeOffset fromUtc, DateTimeOffset toUtc, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await text.WriteAsync(Header + CsvText.EndOfLine);
        var serials = loggers.All.ToDictionary(l => l.Id, l => l.Serial);
        ReadingPosition? after = null;
        do
        {
            var page = await readings.ReadPointAsync(scope, pointId, new TablePageRequest(fromUtc, toUtc, null, IsNewestFirst: false, after, Portion), cancellationToken);
            foreach (var row in page.Rows)
            {
                await text.WriteAsync($"{CsvText.Cell(serials.GetValueOrDefault(row.LoggerId))},{ReadingsCsv.Line(ReadingItem.Of(new SeriesReading(row.Channel, row.Type, row.Reading), receipts))},{(row.IsLate ? "late" : "")}{CsvText.EndOfLine}");
            }

            after = page.Next;
        }
        while (after is not null);
    }
}
