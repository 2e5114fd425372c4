using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.Components.Pages.Admin.Channels;

/// <summary>What prevented a change of a channel, in words.</summary>
internal static class ChannelFaults
{
    /// <summary>A sentence or two each; empty if it is done.</summary>
    public static IReadOnlyList<string> Of(ChannelOutcome outcome) => outcome.IsChangedMeanwhile
        ? [ChannelsText.ChangedMeanwhile]
        : [.. outcome.Faults.Select(NotificationFaultWords.Of).Distinct()];

    /// <summary>What is wrong with a field; null if nothing is.</summary>
    public static string? Of(IReadOnlyList<NotificationFault> faults, string field) =>
        faults.FirstOrDefault(f => f.Path == field) is { } fault ? NotificationFaultWords.Of(fault) : null;
}
