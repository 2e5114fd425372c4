namespace Efento.Portal.Measurements.Ranges;

/// <summary>What the portal knows of a time in which values are missing.</summary>
public sealed record GapEvidence
{
    /// <summary>Nothing is known.</summary>
    public static readonly GapEvidence None = new();

    /// <summary>Readings without value, or with a sensor error code, that were measured then.</summary>
    public IReadOnlyList<Stretch> WithoutValue { get; init; } = [];

    /// <summary>Maintenance windows.</summary>
    public IReadOnlyList<Stretch> Maintenance { get; init; } = [];

    /// <summary>When the gateway that hears the logger was not heard itself.</summary>
    public IReadOnlyList<Stretch> GatewayOffline { get; init; } = [];

    /// <summary>When the logger was set to N.</summary>
    public IReadOnlyList<Stretch> NotSynchronised { get; init; } = [];

    /// <summary>When messages of that gateway brought readings of other loggers; each a moment.</summary>
    public IReadOnlyList<Stretch> OthersHeard { get; init; } = [];
}
