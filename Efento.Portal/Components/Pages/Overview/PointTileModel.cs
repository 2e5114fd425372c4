using Efento.Portal.Components.Controls;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>
/// The content of a tile, on the overview and on the wall board. Equal models look the same. A tile is rendered again only if its model
/// changes.
/// </summary>
/// <param name="Serial">The logger's serial, 12 hex digits.</param>
/// <param name="Name">The name of its measuring point.</param>
/// <param name="Values">The latest value of each channel.</param>
/// <param name="MeasuredAtUtc">When the newest value was measured; null if there is none.</param>
/// <param name="Freshness">When it becomes late.</param>
public sealed record PointTileModel(
    string Serial, string Name, ValueList<ShownValue> Values, DateTimeOffset? MeasuredAtUtc, Freshness Freshness)
{
    /// <summary>Whether there is a remark on its values beside their age.</summary>
    public bool HasRemark { get; init; }

    /// <summary>Whether the logger reported a low battery.</summary>
    public bool IsBatteryLow { get; init; }

    /// <summary>Whether the signal is weak.</summary>
    public bool IsSignalWeak { get; init; }

    /// <summary>The last 24 hours of its first channel; null if there are none.</summary>
    public LastDay? Day { get; init; }

    /// <summary>The limits of its first channel; null if there are none.</summary>
    public ValueLimits? Limits { get; init; }

    /// <summary>A description of the last 24 hours; null without <see cref="Day"/>.</summary>
    public string? DayInWords { get; init; }

    /// <summary>The target of the tile's link.</summary>
    public string Address => $"loggers/{Serial}";
}
