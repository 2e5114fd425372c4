namespace Efento.Portal.Maintenance;

/// <summary>A time in which gateways are asked to come back later (503).</summary>
public sealed class MaintenanceWindow
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>From when on.</summary>
    public required DateTimeOffset FromUtc { get; init; }

    /// <summary>Until when; it ends by itself.</summary>
    public required DateTimeOffset UntilUtc { get; set; }

    /// <summary>Until when it was meant to last; null for windows of before this was kept.</summary>
    public DateTimeOffset? PlannedUntilUtc { get; init; }

    /// <summary>Who asked for it; null for windows of before this was kept.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Who ended or cancelled it early; null if nobody did.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Whether it covers <paramref name="time"/>.</summary>
    public bool Covers(DateTimeOffset time) => time >= FromUtc && time < UntilUtc;
}
