namespace Efento.Portal.Maintenance;

/// <summary>A time in which gateways are asked to come back later (503).</summary>
public sealed class MaintenanceWindow
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>The longest one, in days: a gateway's memory is full long before.</summary>
    public const int MostDays = 366;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>From when on.</summary>
    public required DateTimeOffset FromUtc { get; set; }

    /// <summary>Until when; it ends by itself. One that was cancelled ends where it begins.</summary>
    public required DateTimeOffset UntilUtc { get; set; }

    /// <summary>Until when it was meant to last; null for windows of before this was kept.</summary>
    public DateTimeOffset? PlannedUntilUtc { get; set; }

    /// <summary>Who asked for it; null for windows of before this was kept.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Who ended or cancelled it early; null if nobody did.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Whether somebody cancelled it before it began.</summary>
    public bool IsCancelled => UntilUtc <= FromUtc;

    /// <summary>Whether it covers <paramref name="time"/>.</summary>
    public bool Covers(DateTimeOffset time) => time >= FromUtc && time < UntilUtc;

    /// <summary>Whether it is as <paramref name="seen"/> was: whoever changes it decides on what they saw.</summary>
    public bool IsAs(MaintenanceWindow seen) =>
        (Id, Reason, FromUtc, UntilUtc) == (seen.Id, seen.Reason, seen.FromUtc, seen.UntilUtc);
}
