namespace Efento.Portal.Ingest;

/// <summary>A line of the ledger: one message of a gateway and what became of it. Kept for <see cref="Configuration.RetentionOptions.Ledger"/>.</summary>
public sealed class Message
{
    /// <summary>The route of what was read again from the quarantine.</summary>
    public const string ReadAgainRoute = "quarantine";

    /// <summary>The id; tells when it was received (<see cref="Measurements.ReceiptTimes"/>).</summary>
    public required long Id { get; init; }

    /// <summary>
    /// The id of the message's first portion if this is a further portion of one that was too large for a single transaction; else null. A portion's
    /// id is taken at its commit.
    /// </summary>
    public long? FirstPortion { get; init; }

    /// <summary>The token it came with; 0 where the portal itself read something again from the quarantine.</summary>
    public required int TokenId { get; init; }

    /// <summary>The gateway that sent it; null where several share the token and nothing told which.</summary>
    public int? GatewayId { get; init; }

    /// <summary>The address it came from.</summary>
    public required string Address { get; init; }

    /// <summary>The path it was posted to.</summary>
    public required string Route { get; init; }

    /// <summary>The body's size in bytes, inflated; of a portion its own part of it.</summary>
    public long Bytes { get; init; }

    /// <summary>How many records it held.</summary>
    public int Records { get; init; }

    /// <summary>How many readings were new.</summary>
    public int NewReadings { get; init; }

    /// <summary>How many were known already.</summary>
    public int DuplicateReadings { get; init; }

    /// <summary>How many contradicted a known one; the first stands, these are kept beside it.</summary>
    public int ConflictingReadings { get; init; }

    /// <summary>How many parts were set aside.</summary>
    public int QuarantinedParts { get; init; }

    /// <summary>How many records of unknown loggers were not stored, by policy.</summary>
    public int IgnoredRecords { get; init; }

    /// <summary>The HTTP status it was answered with; 0 where nobody asked, and for all portions but the last.</summary>
    public int Answer { get; init; }

    /// <summary>From its first byte until it was handed to the database, in ms.</summary>
    public int Milliseconds { get; init; }

    /// <summary>The earliest time measured in it, Unix ms; null if it held no reading.</summary>
    public long? EarliestMeasuredAt { get; init; }

    /// <summary>The latest time measured in it, Unix ms; null if it held no reading.</summary>
    public long? LatestMeasuredAt { get; init; }

    /// <summary>The loggers whose readings it held: their ids, four bytes each, little-endian.</summary>
    public byte[] Loggers { get; init; } = [];
}
