namespace Efento.Portal.Notifications.Ledger;

/// <summary>Which deliveries are wanted.</summary>
public sealed record DeliveryFilter
{
    /// <summary>In which state; null for all.</summary>
    public DeliveryState? State { get; init; }

    /// <summary>The key of the channel; null for all.</summary>
    public string? Channel { get; init; }

    /// <summary>The address of the person; null for all.</summary>
    public string? Person { get; init; }

    /// <summary>The alarm; null for all.</summary>
    public int? AlarmId { get; init; }

    /// <summary>Only those that were due from this time on; null for all.</summary>
    public DateTimeOffset? FromUtc { get; init; }

    /// <summary>Only those that were due before this time; null for all.</summary>
    public DateTimeOffset? ToUtc { get; init; }
}

/// <summary>The position of a delivery in a list in order of time.</summary>
/// <param name="DueUtc">When it was due.</param>
/// <param name="Id">Its key.</param>
public sealed record DeliveryPosition(DateTimeOffset DueUtc, long Id);

/// <summary>A delivery with the alarm that it tells of, if it tells of one.</summary>
/// <param name="Delivery">The delivery; not to be changed.</param>
/// <param name="Alarm">The alarm; null if it tells of none.</param>
public sealed record DeliveryLine(Delivery Delivery, Alarms.Lists.AlarmLine? Alarm);
