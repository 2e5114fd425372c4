using Efento.Portal.Alarms.Rules.Documents;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Words;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Texts;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>What the tables say of people, rotas and chains.</summary>
internal static class EntryWords
{
    /// <summary>The level of chains for critical alarms alone.</summary>
    public static readonly string Critical = "critical";

    /// <summary>The level of chains for all alarms.</summary>
    public static readonly string Warning = "warning";

    /// <summary>The language of a person.</summary>
    public static string LanguageOf(NotificationEntry person) => Language(person.Text("language"));

    /// <summary>A language by its code.</summary>
    public static string Language(string? code) => code is { Length: > 0 } ? Languages.Find(code).Name : NotificationsText.OfAccount;

    /// <summary>The channels of a person.</summary>
    public static string ChannelsOf(NotificationEntry person) =>
        person.Texts("channels") is { Count: > 0 } channels ? string.Join(", ", channels) : NotificationsText.EveryMail;

    /// <summary>The quiet hours of a person.</summary>
    public static string QuietOf(NotificationEntry person) =>
        person.Entry("quiet") is { } quiet ? $"{quiet.Text("from")}–{quiet.Text("to")}" : NotificationsText.NoQuiet;

    /// <summary>Who takes turns.</summary>
    public static string TurnsOf(NotificationEntry rota) => string.Join(", ", rota.Texts("people"));

    /// <summary>The days that somebody else has.</summary>
    public static IEnumerable<string> DaysOf(NotificationEntry rota) =>
        rota.Entries("days").Select(d => $"{d.Text("day")}: {d.Text("person")}");

    /// <summary>The place of a chain.</summary>
    public static string PlaceOf(NotificationEntry chain) =>
        chain.Text("place") is { } place && place != DocumentPlaces.Site ? place : NotificationsText.WholeSite;

    /// <summary>The level of a chain.</summary>
    public static string LevelOf(NotificationEntry chain) => Level(chain.Text("level"));

    /// <summary>A level of chains.</summary>
    public static string Level(string? level) =>
        level == Critical ? NotificationsText.CriticalOnly : NotificationsText.WarningAndCritical;

    /// <summary>The steps of a chain.</summary>
    public static IEnumerable<string> StepsOf(NotificationEntry chain) =>
        chain.Entries("steps").Select(s => $"{After(RuleDuration.Parse(s.Text("after") ?? "0m") ?? 0)}: {string.Join(", ", WhoAt(s))}");

    /// <summary>How often a chain tells again; null for once.</summary>
    public static string? RepeatOf(NotificationEntry chain) => chain.Text("repeat") is { } repeat
        ? NotificationsText.AgainEvery(GatewayWords.Span((RuleDuration.Parse(repeat) ?? 0) / 1000))
        : null;

    /// <summary>How long after the alarm was raised.</summary>
    /// <param name="ms">The time in ms.</param>
    public static string After(long ms) => ms > 0 ? NotificationsText.AfterSpan(GatewayWords.Span(ms / 1000)) : NotificationsText.AtOnce;

    /// <summary>Through what, and why, somebody would be told.</summary>
    public static string HowOf(PreviewedCall call) => string.Join(
        " · ",
        new[]
        {
            call.Address is null ? null : NotificationsText.By(call.Channel),
            call.Rota is { } rota ? NotificationsText.OnDutyBy(rota) : null,
        }.OfType<string>());

    private static IEnumerable<string> WhoAt(NotificationEntry step)
    {
        var channels = step.Texts("channels");
        string[] onDuty = step.Text("onDuty") is { } rota ? [NotificationsText.OnDutyBy(rota)] : [];
        string[] people = [.. step.Texts("people"), .. onDuty];
        return people.Length == 0 ? channels
            : channels.Count == 0 ? people
            : [NotificationsText.Through(string.Join(", ", people), string.Join(", ", channels))];
    }
}
