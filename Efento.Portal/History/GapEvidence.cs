using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>What the portal knows about a time in which values are missing.</summary>
internal sealed record GapEvidence
{
    /// <summary>Nothing is known.</summary>
    public static readonly GapEvidence None = new();

    /// <summary>When readings without value, or with a sensor error code, were measured.</summary>
    public IReadOnlyList<Stretch> WithoutValue { get; init; } = [];

    /// <summary>Maintenance windows.</summary>
    public IReadOnlyList<Stretch> Maintenance { get; init; } = [];

    /// <summary>When nothing came from the gateway that hears the logger.</summary>
    public IReadOnlyList<Stretch> GatewayOffline { get; init; } = [];

    /// <summary>When the logger was set to N.</summary>
    public IReadOnlyList<Stretch> NotSynchronised { get; init; } = [];

    /// <summary>When messages of that gateway brought readings of other loggers, but none of this one. Each is a moment.</summary>
    public IReadOnlyList<Stretch> OthersHeard { get; init; } = [];
}
