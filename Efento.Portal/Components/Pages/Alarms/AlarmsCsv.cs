using System.Globalization;
using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Export;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Alarms;

/// <summary>
/// Alarms as a table for a spreadsheet, in the user's language, units and time zone, newest first. Programs read the API instead.
/// </summary>
internal static class AlarmsCsv
{
    /// <summary>
    /// The route; its query is an <see cref="AlarmChoice"/>, and the <c>zone</c> of its days and times. Without one, it is the zone that
    /// the user has chosen, or the site's.
    /// </summary>
    public const string Route = "/downloads/alarms.csv";

    private const int Portion = 500;

    /// <summary>Maps the download.</summary>
    public static void Map(WebApplication app) => app
        .MapGet(Route, Download)
        .ExcludeFromDescription()
        .WithMetadata(new PageMark())
        .RequireAuthorization(Policies.View)
        .Audited("alarms");

    private static IResult Download(
        [AsParameters] AlarmChoice choice, string? zone, HttpContext context, AlarmQuery alarms, SiteScopes scopes, PeopleDirectory people,
        TimeProvider time)
    {
        var preferences = people.PreferencesOf(PeopleAuthentication.UserIdOf(context.User));
        zone ??= preferences.TimeZone is null or Preferences.SiteZone ? people.Site?.TimeZone : preferences.TimeZone;
        var times = new SheetTimes(TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "", out var found) ? found : TimeZoneInfo.Utc);
        var (scope, filter) = (scopes.Of(context.User), choice.Filter(time.GetUtcNow(), times.Zone));
        var sheet = new AlarmSheet(
            new Units(preferences.Temperature, preferences.Pressure), times, CsvFormat.Of(null));
        return Results.Stream(
            stream => WriteAsync(stream, sheet, after => alarms.ListAsync(scope, filter, after, Portion, context.RequestAborted)),
            "text/csv; charset=utf-8", "alarms.csv");
    }

    private static async Task WriteAsync(
        Stream stream, AlarmSheet sheet, Func<AlarmPosition?, Task<IReadOnlyList<AlarmLine>>> readAsync)
    {
        // Spreadsheets take a file without this mark for one in their old code page, and show "Â°C".
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(sheet.Header);
        AlarmPosition? after = null;
        while (await readAsync(after) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
            {
                await text.WriteAsync(sheet.Line(line));
            }

            after = new AlarmPosition(lines[^1].Alarm.BeganMs, lines[^1].Alarm.Id);
        }
    }
}

/// <summary>The lines of the table.</summary>
/// <param name="Units">The user's units.</param>
/// <param name="Times">The times of the user's zone.</param>
/// <param name="Format">How cells are written.</param>
internal sealed record AlarmSheet(Units Units, SheetTimes Times, CsvFormat Format)
{
    /// <summary>The first line.</summary>
    public string Header => Format.Line(
        ((string[])
        [
            AlarmsText.CsvNumber, AlarmsText.Level, AlarmsText.State, AlarmsText.Kind, AlarmsText.CsvSubject, AlarmsText.Place,
            AlarmsText.CsvLogger, AlarmsText.CsvWhat, AlarmsText.CsvBegan, AlarmsText.CsvOffset, AlarmsText.CsvEnded,
            AlarmsText.CsvOffset, AlarmsText.FoundAfterwards, AlarmsText.CsvAcknowledged, AlarmsText.CsvOffset, AlarmsText.CsvBy,
            AlarmsText.Comment, AlarmsText.Cause, AlarmsText.Action, AlarmsText.CsvExplainedBy,
        ]).Select(Format.Cell));

    /// <summary>The line of an alarm.</summary>
    public string Line(AlarmLine line) => Format.Line(
    [
        Number(line.Alarm.Id),
        .. ((string?[])
        [
            AlarmWords.Level(line.Alarm.Level), AlarmWords.State(line.State), AlarmWords.Kind(line.Alarm.Kind), AlarmWords.Subject(line),
            line.Point?.Place, line.Serial, AlarmWords.What(line, Units),
        ]).Select(Format.Cell),
        .. Cells(line.Alarm.BeganMs), .. Cells(line.Alarm.EndedMs),
        line.Alarm.IsFoundAfterwards ? Format.Cell(AlarmsText.CsvYes) : "",
        .. Cells(line.Alarm.AcknowledgedUtc?.ToUnixTimeMilliseconds()),
        .. ((string?[])[line.Alarm.AcknowledgedBy, line.Alarm.Comment, line.Alarm.CauseWord, line.Alarm.ActionWord]).Select(Format.Cell),
        line.Alarm.CauseId is { } cause ? Number(cause) : "",
    ]);

    private string[] Cells(long? ms) => ms is { } known ? Times.Cells(DateTimeOffset.FromUnixTimeMilliseconds(known)) : ["", ""];

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);
}
