using Efento.Portal.Components.Controls;
using Efento.Portal.Measurements.Ranges;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>What a tile of the overview shows; equal ones look the same.</summary>
/// <param name="Serial">The logger's serial, 12 hex digits.</param>
/// <param name="Name">The name of its measuring point.</param>
/// <param name="Values">The latest value of each channel.</param>
/// <param name="MeasuredAtUtc">When the latest was measured; null if nothing was.</param>
/// <param name="Freshness">From when on it is late.</param>
public sealed record PointTileModel(string Serial, string Name, IReadOnlyList<ShownValue> Values, DateTimeOffset? MeasuredAtUtc, Freshness Freshness)
{
    /// <summary>Whether the logger said its battery is low.</summary>
    public bool IsBatteryLow { get; init; }

    /// <summary>Whether the logger is hardly heard.</summary>
    public bool IsSignalWeak { get; init; }

    /// <summary>The last 24 hours of its first channel; null if there are none.</summary>
    public LastDay? Day { get; init; }

    /// <summary>What the last 24 hours were, in words; null without <see cref="Day"/>.</summary>
    public string? DayInWords { get; init; }

    /// <summary>Where the tile leads.</summary>
    public string Address => $"loggers/{Serial}";

    /// <inheritdoc/>
    public bool Equals(PointTileModel? other) =>
        other is not null
        && (Serial, Name, MeasuredAtUtc, Freshness, IsBatteryLow, IsSignalWeak) == (other.Serial, other.Name, other.MeasuredAtUtc, other.Freshness, other.IsBatteryLow, other.IsSignalWeak)
        && (Day, DayInWords) == (other.Day, other.DayInWords)
        && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Serial, MeasuredAtUtc);
}
