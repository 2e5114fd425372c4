using System.Globalization;
using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>Says what is wrong with a person, rota or chain.</summary>
internal static class EditWords
{
    /// <summary>What is wrong, each in a sentence with the field before it; empty if nothing is.</summary>
    public static IReadOnlyList<string> Of(EditOutcome outcome) =>
        outcome.IsTooLate ? [NotificationsText.ChangedMeanwhile]
        : outcome.Faults.Count > 0 ? [.. outcome.Faults.Select(Of)]
        : outcome.Elsewhere.Count > 0 ? [NotificationsText.StillNamed]
        : [];

    private static string Of(NotificationFault fault)
    {
        var words = NotificationFaultWords.Of(fault);
        return FieldOf(fault.Path) is { } field ? NotificationsText.FaultOf(field, words) : words;
    }

    /// <summary>The label of a field of the dialogs; null for what has none.</summary>
    private static string? FieldOf(string path) => path.Split('.', '[')[0] switch
    {
        "key" => NotificationsText.Name,
        "email" => NotificationsText.Email,
        "zone" => NotificationsText.Zone,
        "quiet" => NotificationsText.Quiet,
        "from" => NotificationsText.FirstDay,
        "handOver" => NotificationsText.HandOver,
        "people" => NotificationsText.InTurn,
        "days" => NotificationsText.OtherDays,
        "place" => NotificationsText.Place,
        "repeat" => NotificationsText.Repeat,
        "mail" => NotificationsText.DailyMail,
        "deadMan" => NotificationsText.DeadMan,
        "steps" when path.Contains(']', StringComparison.Ordinal) => NotificationsText.StepNumber(StepOf(path)),
        _ => null,
    };

    private static int StepOf(string path) => int.Parse(
        path["steps[".Length..path.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture) + 1;
}
