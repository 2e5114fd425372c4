namespace Efento.Portal.Components.Controls;

/// <summary>What a tile of the overview shows; equal ones look the same.</summary>
/// <param name="Serial">The logger's serial, 12 hex digits.</param>
/// <param name="Name">The name of its measuring point.</param>
/// <param name="Values">The latest value of each channel.</param>
/// <param name="MeasuredAtUtc">When the latest was measured; null if nothing was.</param>
/// <param name="Freshness">From when on it is late.</param>
/// <param name="BatteryLow">Whether the logger said its battery is low.</param>
public sealed record LoggerTileModel(
    string Serial,
    string Name,
    IReadOnlyList<ShownValue> Values,
    DateTimeOffset? MeasuredAtUtc,
    Freshness Freshness,
    bool BatteryLow = false)
{
    /// <inheritdoc/>
    public bool Equals(LoggerTileModel? other) =>
        other is not null
        && (Serial, Name, MeasuredAtUtc, Freshness, BatteryLow) == (other.Serial, other.Name, other.MeasuredAtUtc, other.Freshness, other.BatteryLow)
        && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Serial, MeasuredAtUtc);
}
