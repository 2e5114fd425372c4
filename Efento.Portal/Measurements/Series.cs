namespace Efento.Portal.Measurements;

/// <summary>One measurement type on one channel of one logger. Each reading belongs to a series.</summary>
public sealed class Series
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The logger.</summary>
    public required int LoggerId { get; init; }

    /// <summary>The logger's channel, 1–255.</summary>
    public required byte Channel { get; init; }

    /// <summary>The type's name as shown.</summary>
    public required string Type { get; init; }

    /// <summary>The type's name folded for comparison (<see cref="MeasurementType.Key"/>).</summary>
    public required string TypeKey { get; init; }
}
