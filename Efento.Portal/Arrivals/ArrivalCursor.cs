namespace Efento.Portal.Arrivals;

/// <summary>The position of a consumer in the stream of stored messages.</summary>
public sealed class ArrivalCursor
{
    /// <summary>The consumer's name (<see cref="IArrivalConsumer.Name"/>).</summary>
    public required string Consumer { get; init; }

    /// <summary>The last message that the consumer has processed.</summary>
    public long LastMessageId { get; set; }

    /// <summary>When the cursor was saved.</summary>
    public DateTimeOffset SavedUtc { get; set; }
}
