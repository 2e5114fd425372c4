using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Streaming;

/// <summary>A logger in use, where it measures and what it measured last. Times and texts are null where they are not known.</summary>
public sealed record LivePoint
{
    /// <summary>The serial number of the logger: the key.</summary>
    public required string Serial { get; init; }

    /// <summary>The key of its measuring point.</summary>
    public required int? PointId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its location after those that one lies in.</summary>
    public required string? Location { get; init; }

    /// <summary>Where exactly it is, in people's words.</summary>
    public required string? Place { get; init; }

    /// <summary>never, unknown or unsynchronised, whatever the time; null if the times below say how fresh its values are.</summary>
    public required string? Lasting { get; init; }

    /// <summary>Whether the maintenance that lasts is why something is missing, if it is.</summary>
    public required bool InMaintenance { get; init; }

    /// <summary>Whether the logger's clock is ahead of the portal's.</summary>
    public required bool ClockAhead { get; init; }

    /// <summary>Whether its battery is low.</summary>
    public required bool? BatteryLow { get; init; }

    /// <summary>When its newest record was measured.</summary>
    public required DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>From here on the next record is due.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>From here on its values are late, and no longer of now.</summary>
    public required DateTimeOffset? LateAt { get; init; }

    /// <summary>From here on it is silent.</summary>
    public required DateTimeOffset? SilentAt { get; init; }

    /// <summary>The latest reading of each channel and type.</summary>
    public required IReadOnlyList<ReadingItem> Values { get; init; }

    /// <summary>The last value of each channel and type whose latest reading has none: a sensor error.</summary>
    public required IReadOnlyList<ReadingItem> LastValues { get; init; }

    /// <summary>Whether another says the same.</summary>
    public bool IsSameAs(LivePoint other) =>
        this with { Values = [], LastValues = [] } == other with { Values = [], LastValues = [] }
        && Values.Concat(LastValues).Select(Identity).SequenceEqual(other.Values.Concat(other.LastValues).Select(Identity));

    /// <summary>A logger as it is told.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="receipts">When messages were received.</param>
    /// <param name="maintenance">The maintenance that lasts; null if none does.</param>
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
            Values = [.. logger.Series.Where(s => s.Latest is not null).Select(s => ReadingItem.Of(new SeriesReading(s.Channel, s.Type, s.Latest!.Value), receipts))],
            LastValues = [.. logger.Series.Where(s => s.LastValue is not null).Select(s => ReadingItem.Of(new SeriesReading(s.Channel, s.Type, s.LastValue!.Value), receipts))],
        };
    }

    private static (int, string, DateTimeOffset, double?, double?, string, long) Identity(ReadingItem reading) =>
        (reading.Channel, reading.Type, reading.MeasuredAt, reading.Value, reading.ErrorCode, reading.Status, reading.MessageId);
}
