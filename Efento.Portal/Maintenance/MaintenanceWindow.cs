namespace Efento.Portal.Maintenance;

/// <summary>A time in which gateways are asked to come back later (503).</summary>
public sealed class MaintenanceWindow
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>The longest window, in days. A gateway's memory is full long before.</summary>
    public const int MostDays = 366;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The reason.</summary>
    public required string Reason { get; set; }

    /// <summary>The begin.</summary>
    public required DateTimeOffset FromUtc { get; set; }

    /// <summary>The end; the window ends by itself. A cancelled window ends where it begins.</summary>
    public required DateTimeOffset UntilUtc { get; set; }

    /// <summary>The planned end; null for windows from before this was stored.</summary>
    public DateTimeOffset? PlannedUntilUtc { get; set; }

    /// <summary>Who requested it; null for windows from before this was stored.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Who ended or cancelled it early; null if nobody did.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Whether it was cancelled before it began.</summary>
    public bool IsCancelled => UntilUtc <= FromUtc;

    /// <summary>Whether it covers <paramref name="time"/>.</summary>
    public bool Covers(DateTimeOffset time) => time >= FromUtc && time < UntilUtc;

    /// <summary>Whether it still equals <paramref name="seen"/>, the window as the user saw it before deciding.</summary>
    public bool IsAs(MaintenanceWindow seen) =>
        (Id, Reason, FromUtc, UntilUtc) == (seen.Id, seen.Reason, seen.FromUtc, seen.UntilUtc);
}
