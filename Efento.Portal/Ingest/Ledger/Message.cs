namespace Efento.Portal.Ingest.Ledger;

/// <summary>
/// A line of the ledger: one message of a gateway and its outcome. Kept for <see cref="Configuration.RetentionOptions.Ledger"/>.
/// </summary>
public sealed class Message
{
    /// <summary>The route of messages that were read again from the quarantine.</summary>
    public const string ReadAgainRoute = "quarantine";

    /// <summary>The id, from which the time of receipt is derived (<see cref="Measurements.ReceiptTimes"/>).</summary>
    public required long Id { get; init; }

    /// <summary>
    /// For a further portion of a message that was too large for a single transaction, the id of the first portion; otherwise null. A
    /// portion gets its id when it is committed.
    /// </summary>
    public long? FirstPortion { get; init; }

    /// <summary>The token it came with; 0 for messages that the portal read again from the quarantine.</summary>
    public required int TokenId { get; init; }

    /// <summary>The gateway that sent it; null if several gateways share the token and the sender is unknown.</summary>
    public int? GatewayId { get; init; }

    /// <summary>The sender's address.</summary>
    public required string Address { get; init; }

    /// <summary>The path it was posted to.</summary>
    public required string Route { get; init; }

    /// <summary>The size of the decompressed body in bytes; for a portion, its share.</summary>
    public long Bytes { get; init; }

    /// <summary>The number of records.</summary>
    public int Records { get; init; }

    /// <summary>The number of new readings.</summary>
    public int NewReadings { get; init; }

    /// <summary>The number of readings that were already known.</summary>
    public int DuplicateReadings { get; init; }

    /// <summary>The number of readings that contradict a known one. The first one stands; the others are kept as conflicts.</summary>
    public int ConflictingReadings { get; init; }

    /// <summary>The number of parts that were set aside.</summary>
    public int QuarantinedParts { get; init; }

    /// <summary>The number of records that were not stored because of the policy for unknown loggers.</summary>
    public int IgnoredRecords { get; init; }

    /// <summary>The HTTP status of the answer; 0 if there was no request, and for all portions but the last.</summary>
    public int Answer { get; init; }

    /// <summary>The time from its first byte until it was passed to the database, in ms.</summary>
    public int Milliseconds { get; init; }

    /// <summary>The earliest time of measurement, Unix ms; null if it has no readings.</summary>
    public long? EarliestMeasuredAt { get; init; }

    /// <summary>The latest time of measurement, Unix ms; null if it has no readings.</summary>
    public long? LatestMeasuredAt { get; init; }

    /// <summary>The ids of the loggers whose readings it contains, four bytes each, little-endian.</summary>
    public byte[] Loggers { get; init; } = [];
}
