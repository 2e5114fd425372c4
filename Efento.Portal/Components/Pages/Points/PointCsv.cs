using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Components.Browser;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Export;
using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>
/// The readings of a measuring point in a range as a table for a spreadsheet: what the page shows, in the user's language, units and time
/// zone, oldest first. Programs read <see cref="ReadingsApi"/> instead.
/// </summary>
internal sealed class PointCsv(PointQuery points, TableQuery readings, LoggerDirectory loggers)
{
    private const string Route = "/downloads/points/{id:int}/readings.csv";
    private const int Portion = 500;

    /// <summary>The address of the table of a range.</summary>
    /// <param name="pointId">The measuring point.</param>
    /// <param name="fromUtc">The begin of the range.</param>
    /// <param name="toUtc">The end of the range; not part of it.</param>
    /// <param name="zone">The time zone of the page; null for UTC.</param>
    /// <param name="format">How cells are separated and numbers are written; null for what is usual in the user's language.</param>
    public static string Address(
        int pointId, DateTimeOffset fromUtc, DateTimeOffset toUtc, TimeZoneInfo? zone = null, CsvFormat? format = null) =>
        $"downloads/points/{pointId}/readings.csv?from={Escaped(Iso.Of(fromUtc)!)}&to={Escaped(Iso.Of(toUtc)!)}"
        + (zone is null ? "" : $"&zone={Escaped(zone.Id)}")
        + (format is null ? "" : $"&format={format.Key}");

    /// <summary>Maps the download.</summary>
    internal static void Map(WebApplication app) => app
        .MapGet(Route, DownloadAsync)
        .ExcludeFromDescription()
        .WithMetadata(new PageMark())
        .RequireAuthorization(Policies.View)
        .Audited("readings of a measuring point");

    private static async Task<IResult> DownloadAsync(
        int id, DateTimeOffset from, DateTimeOffset to, string? zone, string? format, HttpContext context, PointCsv csv, SiteScopes scopes,
        PeopleDirectory people)
    {
        var preferences = people.PreferencesOf(PeopleAuthentication.UserIdOf(context.User));
        var sheet = new PointSheet(
            await csv.Points.FindAsync(scopes.Of(context.User), id, context.RequestAborted),
            new Units(preferences.Temperature, preferences.Pressure),
            new SheetTimes(TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "", out var found) ? found : TimeZoneInfo.Utc),
            CsvFormat.Of(format));
        return Results.Stream(
            stream => csv.WriteAsync(stream, sheet, from, to, context.RequestAborted), "text/csv; charset=utf-8",
            sheet.FileName(from, to));
    }

    private PointQuery Points => points;

    private async Task WriteAsync(
        Stream stream, PointSheet sheet, DateTimeOffset fromUtc, DateTimeOffset toUtc, CancellationToken cancellationToken)
    {
        // Spreadsheets take a file without this mark for one in their old code page, and show "Â°C".
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(sheet.Header);
        if (sheet.Point is not { Spans: var spans })
        {
            return;
        }

        var serials = loggers.All.ToDictionary(l => l.Id, l => l.Serial);
        ReadingPosition? after = null;
        do
        {
            var page = await readings.ReadMomentsAsync(
                spans, new TablePageRequest(fromUtc, toUtc, null, IsNewestFirst: false, after, Portion), cancellationToken);
            foreach (var moment in page.Rows)
            {
                await text.WriteAsync(sheet.Lines(moment, serials.GetValueOrDefault(moment.LoggerId)));
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}
