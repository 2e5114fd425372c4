namespace Efento.Portal.Devices.Administration;

/// <summary>A request to let another logger measure at a point from some time on.</summary>
internal sealed record Replacement
{
    /// <summary>The point as the user saw it.</summary>
    public required Seen Point { get; init; }

    /// <summary>The logger that measured there until then, as the user saw it; null if none did.</summary>
    public required Seen? Old { get; init; }

    /// <summary>The logger that measures there from then on, as the user saw it.</summary>
    public required Seen New { get; init; }

    /// <summary>When the new logger takes over, by the time measured.</summary>
    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>Whether the old logger is retired with it.</summary>
    public required bool RetiresOld { get; init; }

    /// <summary>The reason.</summary>
    public required string Reason { get; init; }
}
