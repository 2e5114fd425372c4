using Efento.Portal.Devices;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>Loggers that were set to Y or N together, and not changed since.</summary>
/// <param name="Synchronise">Y or N.</param>
/// <param name="Setting">Who did it, when and why.</param>
/// <param name="Loggers">The loggers.</param>
public sealed record RecentFlag(bool Synchronise, SynchroniseSetting Setting, IReadOnlyList<LoggerOverview> Loggers);

/// <summary>Finds the last changes of Y and N that are still in effect, from the loggers themselves.</summary>
internal static class RecentFlags
{
    private const int Shown = 5;

    // Stored with the logger and in the audit trail, which has one language.
    private const string Undone = "Undone: ";

    /// <summary>
    /// The changes, the last one first. Approving a refused logger also sets Y, but without a reason, and it is undone by refusing.
    /// </summary>
    public static IReadOnlyList<RecentFlag> Of(IEnumerable<LoggerOverview> loggers) =>
    [
        .. loggers.Where(l => l is { Approval: LoggerApproval.Accepted, SynchroniseSetting.Reason: not null })
            .GroupBy(l => (l.Synchronise, Setting: l.SynchroniseSetting!))
            .OrderByDescending(change => change.Key.Setting.AtUtc)
            .Take(Shown)
            .Select(
                change => new RecentFlag(
                    change.Key.Synchronise, change.Key.Setting, [.. change.OrderBy(l => l.Serial, StringComparer.Ordinal)])),
    ];

    /// <summary>The reason of an undo.</summary>
    public static string Undoing(string reason) => reason.StartsWith(Undone, StringComparison.Ordinal) ? reason : Undone + reason;
}
