using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>A logger as the read API returns it. Times and values are null if they are not known.</summary>
internal sealed record LoggerItem
{
    /// <summary>The serial number.</summary>
    public required string Serial { get; init; }

    /// <summary>The name of the point it measures at.</summary>
    public required string Name { get; init; }

    /// <summary>Hidden until a user approves it.</summary>
    public required bool Held { get; init; }

    /// <summary>Whether gateways keep and synchronise its measurements.</summary>
    public required bool Synchronise { get; init; }

    /// <summary>When its first message came.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>never, unknown, fresh, due, late or silent, by its own promise; unsynchronised if gateways drop its measurements.</summary>
    public required string State { get; init; }

    /// <summary>When its newest record was measured.</summary>
    public required DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>When the portal received that.</summary>
    public required DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>When the next one is due.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>The measurement interval in seconds.</summary>
    public required int? IntervalSeconds { get; init; }

    /// <summary>Signal strength as sent (dBm, negative).</summary>
    public required int? Signal { get; init; }

    /// <summary>Whether the battery is low.</summary>
    public required bool? BatteryLow { get; init; }

    /// <summary>The id of the gateway it was heard through.</summary>
    public required int? GatewayId { get; init; }

    /// <summary>The latest reading of each channel and type.</summary>
    public required IReadOnlyList<ReadingItem> Latest { get; init; }

    /// <summary>A logger as the read API returns it.</summary>
    public static LoggerItem Of(LoggerOverview logger, ReceiptTimes receipts, DateTimeOffset now) => new()
    {
        Serial = logger.Serial,
        Name = logger.PointName,
        Held = logger.Approval is LoggerApproval.Held,
        Synchronise = logger.Synchronise,
        FirstSeenAt = logger.FirstSeenUtc,
        State = logger.Freshness.At(now).ToString().ToLowerInvariant(),
        MeasuredAt = logger.Contact?.MeasuredAtUtc,
        ReceivedAt = logger.Contact?.ReceivedAtUtc,
        DueAt = logger.Freshness.DueUtc,
        IntervalSeconds = logger.Contact?.IntervalSeconds,
        Signal = logger.Contact?.Signal,
        BatteryLow = logger.Contact?.BatteryLow,
        GatewayId = logger.Contact?.GatewayId,
        Latest =
        [
            .. logger.Series.Where(s => s.Latest is not null).Select(
                s => ReadingItem.Of(new SeriesReading(s.Channel, s.Type, s.Latest!.Value), receipts))
        ],
    };
}
