namespace Efento.Portal.Devices.Administration;

/// <summary>Another logger measures at a point from some time on.</summary>
public sealed record Replacement
{
    /// <summary>The point as it was looked at.</summary>
    public required Seen Point { get; init; }

    /// <summary>The logger that measured there until then, as it was looked at; null if none did.</summary>
    public required Seen? Old { get; init; }

    /// <summary>The logger that measures there from then on, as it was looked at.</summary>
    public required Seen New { get; init; }

    /// <summary>From when on, by the time measured.</summary>
    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>Whether the old logger is retired with it.</summary>
    public required bool RetiresOld { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
