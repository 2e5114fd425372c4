using System.Globalization;
using System.Text.Json;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Notifications.Duty;
using Efento.Portal.Notifications.Watching;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Channels, people, rotas and chains in words for the audit trail and commands.</summary>
internal static class NotificationInWords
{
    /// <summary>A channel: what a document says of it, without any secret.</summary>
    public static string Of(NotificationChannel row) => string.Join(
        ", ",
        NotificationDocument.FieldsOf(row).EnumerateObject()
            .Where(field => field.Name is not "key" && field.Value.ValueKind is not JsonValueKind.False)
            .Select(field => field.Value.ValueKind is JsonValueKind.True ? field.Name : $"{field.Name} {field.Value}"));

    /// <summary>A person.</summary>
    public static string Of(NotificationRecipient row)
    {
        string?[] more =
        [
            row.TimeZone, row.Temperature is { } unit ? NotificationWords.Of(NotificationWords.Temperatures, unit) : null,
            row.Pressure is { } other ? NotificationWords.Of(NotificationWords.Pressures, other) : null,
            row.Quiet is { } quiet ? $"quiet {quiet}" : null,
        ];
        var channels = row.Channels.Length == 0 ? "all of e-mail" : row.Channels;
        return string.Join(", ", more.OfType<string>().Prepend($"language {row.Language ?? "of the site"}, channels {channels}"));
    }

    /// <summary>A rota.</summary>
    public static string Of(NotificationRota row)
    {
        var days = row.People.Overrides.OrderBy(d => d.Key).Select(d => $"; {DayOf(d.Key)} {d.Value}");
        return $"weekly from {DayOf(row.FromDay)}, {DayTime.Text(row.HandOverMinute)} {row.TimeZone}: "
            + $"{string.Join(", ", row.People.Turns)}{string.Concat(days)}";
    }

    /// <summary>A chain.</summary>
    /// <param name="row">The chain.</param>
    /// <param name="place">Its place in words.</param>
    public static string Of(NotificationChain row, string place)
    {
        var repeat = row.RepeatMs is { } ms ? $", again every {RuleDuration.Text(ms)}" : "";
        var steps = row.Steps.All.Select(s => $"after {RuleDuration.Text(s.AfterMs)} {string.Join(", ", WhoAt(s))}");
        var level = NotificationWords.Of(NotificationWords.Levels, row.Level);
        return $"{level} at {place}: {string.Join("; ", steps)}{repeat}";
    }

    /// <summary>How the portal lets others know that it watches.</summary>
    public static string Of(NotificationWatching row)
    {
        var mail = row.MailMinute is { } minute
            ? $"mail at {DayTime.Text(minute)} {row.MailZone ?? "of the site"} to {string.Join(", ", row.MailAddresses)}"
            : null;
        var networks = row.CallAllowsPrivateNetworks ? ", private networks allowed" : "";
        var call = row.CallHost is { } host
            ? $"calls {host} every {RuleDuration.Text(row.CallEveryMs)} with {MethodOf(row)}{networks}"
            : null;
        return string.Join("; ", new[] { mail, call }.OfType<string>());
    }

    private static string MethodOf(NotificationWatching row) => NotificationWords.Of(NotificationWords.Methods, row.CallIsPost);

    private static IEnumerable<string> WhoAt(ChainStep step) =>
        step.People.Concat(step.OnDuty is { } rota ? [$"on duty {rota}"] : []).Concat(step.Channels);

    private static string DayOf(DateOnly day) => day.ToString(DocumentFields.DayForm, CultureInfo.InvariantCulture);
}
