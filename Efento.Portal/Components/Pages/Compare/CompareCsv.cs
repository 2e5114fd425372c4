using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Export;
using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Compare;

/// <summary>The readings behind a comparison as a table for a spreadsheet, as <see cref="PointCsv"/> gives those of one point.</summary>
internal sealed class CompareCsv(ComparisonQuery comparisons, TogetherQuery readings, LoggerDirectory loggers)
{
    private const string Route = "/downloads/compare.csv";
    private const int Portion = 500;

    /// <summary>The address of the table of a range.</summary>
    /// <param name="choices">The channels.</param>
    /// <param name="fromUtc">The begin of the range.</param>
    /// <param name="toUtc">The end of the range; not part of it.</param>
    /// <param name="zone">The time zone of the page; null for UTC.</param>
    /// <param name="format">How cells are separated and numbers are written; null for what is usual in the user's language.</param>
    public static string Address(
        IEnumerable<ChannelChoice> choices, DateTimeOffset fromUtc, DateTimeOffset toUtc, TimeZoneInfo? zone = null,
        CsvFormat? format = null) =>
        $"downloads/compare.csv?points={Escaped(string.Join(',', choices.Select(c => c.Text)))}"
        + $"&from={Escaped(Iso.Of(fromUtc)!)}&to={Escaped(Iso.Of(toUtc)!)}"
        + (zone is null ? "" : $"&zone={Escaped(zone.Id)}")
        + (format is null ? "" : $"&format={format.Key}");

    /// <summary>Maps the download.</summary>
    internal static void Map(WebApplication app) => app
        .MapGet(Route, DownloadAsync)
        .ExcludeFromDescription()
        .WithMetadata(new PageMark())
        .RequireAuthorization(Policies.View)
        .Audited("readings of a comparison");

    private static async Task<IResult> DownloadAsync(
        string? points, DateTimeOffset from, DateTimeOffset to, string? zone, string? format, HttpContext context, CompareCsv csv,
        SiteScopes scopes, PeopleDirectory people)
    {
        var preferences = people.PreferencesOf(PeopleAuthentication.UserIdOf(context.User));
        var comparison = await csv.Comparisons.FindAsync(
            scopes.Of(context.User), ChannelChoice.ListOf(points), context.RequestAborted);
        var sheet = new CompareSheet(
            comparison.Channels,
            new Units(preferences.Temperature, preferences.Pressure),
            new SheetTimes(TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "", out var found) ? found : TimeZoneInfo.Utc),
            CsvFormat.Of(format));
        return Results.Stream(
            stream => csv.WriteAsync(stream, sheet, from, to, context.RequestAborted), "text/csv; charset=utf-8",
            sheet.FileName(from, to));
    }

    private ComparisonQuery Comparisons => comparisons;

    private async Task WriteAsync(
        Stream stream, CompareSheet sheet, DateTimeOffset fromUtc, DateTimeOffset toUtc, CancellationToken cancellationToken)
    {
        // As in PointCsv: without this mark, spreadsheets take the file for one in their old code page.
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(sheet.Header);
        var serials = loggers.All.ToDictionary(l => l.Id, l => l.Serial);
        var spans = sheet.Channels.Select(c => c.Details.Spans).DistinctBy(s => s.PointId).ToList();
        DateTimeOffset? next = fromUtc;
        while (next is { } begin && begin < toUtc)
        {
            var page = await readings.ReadAsync(spans, begin, toUtc, isNewestFirst: false, Portion, cancellationToken);
            foreach (var moment in page.Rows)
            {
                await text.WriteAsync(sheet.Lines(moment, serials));
            }

            next = page.NextUtc;
        }
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}
