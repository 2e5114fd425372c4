using System.Text.Json;
using System.Text.Json.Serialization;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Streaming;

/// <summary>A logger in use, with its place and its latest measurements. Times and texts are null if they are not known.</summary>
public sealed record LivePoint
{
    /// <summary>The serial number of the logger: the key.</summary>
    public required string Serial { get; init; }

    /// <summary>The key of its measuring point.</summary>
    public required int? PointId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The full path of its location.</summary>
    public required string? Location { get; init; }

    /// <summary>Its exact place, as people described it.</summary>
    public required string? Place { get; init; }

    /// <summary>
    /// <c>never</c>, <c>unknown</c> or <c>unsynchronised</c> if the state does not depend on time; null if the times below tell how fresh
    /// its values are.
    /// </summary>
    public required string? Lasting { get; init; }

    /// <summary>Whether data is missing because of the current maintenance.</summary>
    public required bool InMaintenance { get; init; }

    /// <summary>Whether the logger's clock is ahead of the portal's.</summary>
    public required bool ClockAhead { get; init; }

    /// <summary>Whether its battery is low.</summary>
    public required bool? BatteryLow { get; init; }

    /// <summary>When its newest record was measured.</summary>
    public required DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>When the next record is due.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When its values become late and no longer count as current.</summary>
    public required DateTimeOffset? LateAt { get; init; }

    /// <summary>When it becomes silent.</summary>
    public required DateTimeOffset? SilentAt { get; init; }

    /// <summary>The latest reading of each channel and type.</summary>
    public required IReadOnlyList<ReadingItem> Values { get; init; }

    /// <summary>The last value of each channel and type whose latest reading is a sensor error.</summary>
    public required IReadOnlyList<ReadingItem> LastValues { get; init; }

    /// <summary>The content of its tile; sent to wall boards only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LiveTile? Tile { get; init; }

    /// <summary>The point in JSON. Two points are equal if their JSON is equal.</summary>
    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <summary>Creates the point of a logger.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="receipts">When messages were received.</param>
    /// <param name="maintenance">The current maintenance; null if there is none.</param>
    internal static LivePoint Of(LoggerOverview logger, ReceiptTimes receipts, MaintenanceWindow? maintenance)
    {
        var state = LoggerState.Of(logger, maintenance);
        return new LivePoint
        {
            Serial = logger.Serial,
            PointId = logger.Point?.Id,
            Name = logger.PointName,
            Location = logger.Point?.Location?.Path,
            Place = logger.Point?.Place,
            Lasting = state.Lasting?.ToString().ToLowerInvariant(),
            InMaintenance = state.IsExplained,
            ClockAhead = state.IsClockAhead,
            BatteryLow = logger.Contact?.BatteryLow,
            MeasuredAt = logger.Contact?.MeasuredAtUtc,
            DueAt = state.DueUtc,
            LateAt = state.LateUtc,
            SilentAt = state.SilentUtc,
            Values =
            [
                .. logger.Series.Where(s => s.Latest is not null).Select(
                    s => ReadingItem.Of(new SeriesReading(s.Channel, s.Type, s.Latest!.Value), receipts))
            ],
            LastValues =
            [
                .. logger.Series.Where(s => s.LastValue is not null).Select(
                    s => ReadingItem.Of(new SeriesReading(s.Channel, s.Type, s.LastValue!.Value), receipts))
            ],
        };
    }
}
