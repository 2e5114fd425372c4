namespace Efento.Portal.Maintenance;

/// <summary>The outcome of a change of the maintenance windows.</summary>
/// <param name="Fault">Why nothing was changed; null if it was done.</param>
/// <param name="Window">The window as it is now, or the one that prevents the change.</param>
public sealed record MaintenanceOutcome(MaintenanceFault? Fault, MaintenanceWindow? Window = null)
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Fault is null;

    /// <summary>Why nothing was changed, in a sentence or two. Times are written by <paramref name="time"/>.</summary>
    public string Why(Func<DateTimeOffset, string> time) => Fault switch
    {
        null => "",
        MaintenanceFault.Reason => $"Say why, in 1 to {MaintenanceWindow.MaxReasonLength} printable characters.",
        MaintenanceFault.End => "It must end after it begins, and in the future.",
        MaintenanceFault.Length => $"It may last {MaintenanceWindow.MostDays} days at most.",
        MaintenanceFault.Begin => "It would begin in the past. Turn it on now instead.",
        MaintenanceFault.Overlap =>
            $"It would overlap the maintenance from {time(Window!.FromUtc)} to {time(Window.UntilUtc)} ({Window.Reason}). Change or cancel that one, or choose another time.",
        MaintenanceFault.Changed when Window is { } now =>
            $"Changed meanwhile by somebody else: it is {time(now.FromUtc)} to {time(now.UntilUtc)} now ({now.Reason}). Nothing was overwritten; look at it and decide again.",
        MaintenanceFault.Changed => "It was ended or cancelled meanwhile. Nothing was changed.",
        _ => "Maintenance is not on.",
    };
}

/// <summary>Why the maintenance windows were not changed.</summary>
public enum MaintenanceFault : byte
{
    /// <summary>The reason is missing or too long.</summary>
    Reason,

    /// <summary>It would end before it begins, or in the past.</summary>
    End,

    /// <summary>It would last too long.</summary>
    Length,

    /// <summary>It would begin in the past.</summary>
    Begin,

    /// <summary>It would overlap another.</summary>
    Overlap,

    /// <summary>Somebody changed it in the meantime.</summary>
    Changed,

    /// <summary>None is on.</summary>
    Off,
}
