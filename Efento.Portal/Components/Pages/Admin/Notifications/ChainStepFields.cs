using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>The fields of a step of a chain.</summary>
internal sealed class ChainStepFields
{
    /// <summary>How long after the alarm was raised, such as 10m.</summary>
    public string After { get; set; } = "0m";

    /// <summary>The rota whose person on duty is told; empty for none.</summary>
    public string OnDuty { get; set; } = "";

    /// <summary>The people.</summary>
    public List<string> People { get; private init; } = [];

    /// <summary>The channels.</summary>
    public List<string> Channels { get; private init; } = [];

    /// <summary>The fields of a step.</summary>
    public static ChainStepFields Of(NotificationEntry step) => new()
    {
        After = step.Text("after") ?? "0m",
        OnDuty = step.Text("onDuty") ?? "",
        People = [.. step.Texts("people")],
        Channels = [.. step.Texts("channels")],
    };

    /// <summary>The step that they say.</summary>
    public NotificationEntry Entry() => NotificationEntry.Of(
        ("after", After.Trim()), ("people", NotificationEntry.ListOf(People)), ("onDuty", OnDuty),
        ("channels", NotificationEntry.ListOf(Channels)));
}
