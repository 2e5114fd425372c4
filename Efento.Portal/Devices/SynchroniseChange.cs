namespace Efento.Portal.Devices;

/// <summary>When a logger was set to Y or N. This explains later why readings are missing.</summary>
public sealed class SynchroniseChange
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The logger.</summary>
    public required int LoggerId { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>Y (true) or N from then on.</summary>
    public required bool Synchronise { get; init; }
}
