namespace Efento.Portal.Ingest.Ledger;

/// <summary>A line of the ledger for display: one message and its outcome.</summary>
/// <param name="Id">The message.</param>
/// <param name="Route">The path it was posted to.</param>
/// <param name="Address">The sender's address.</param>
/// <param name="Bytes">The size of the decompressed body.</param>
/// <param name="Records">The number of records.</param>
/// <param name="New">The number of new readings.</param>
/// <param name="Duplicate">The number of readings that were already known.</param>
/// <param name="Conflicting">The number of readings that contradict a known one.</param>
/// <param name="Quarantined">The number of parts that were set aside.</param>
/// <param name="Ignored">The number of records that were not stored because of the policy for unknown loggers.</param>
/// <param name="Answer">The HTTP status of the answer; 0 if only portions of the message are stored.</param>
/// <param name="Milliseconds">The time from its first byte until it was passed to the database.</param>
/// <param name="EarliestMs">The earliest time of measurement, Unix ms; null if it has no readings.</param>
/// <param name="LatestMs">The latest time of measurement, Unix ms; null if it has no readings.</param>
public sealed record LedgerLine(
    long Id,
    string Route,
    string Address,
    long Bytes,
    int Records,
    int New,
    int Duplicate,
    int Conflicting,
    int Quarantined,
    int Ignored,
    int Answer,
    int Milliseconds,
    long? EarliestMs = null,
    long? LatestMs = null)
{
    /// <summary>When it was received.</summary>
    public DateTimeOffset ReceivedAtUtc { get; init; }

    /// <summary>
    /// Whether it is a heartbeat. Heartbeats may have a path of their own, but no other stored message is without records.
    /// </summary>
    public bool IsHeartbeat =>
        this is { Answer: StatusCodes.Status201Created, Records: 0, Quarantined: 0 }
            || Route.EndsWith("/heartbeat", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds another portion of the message.</summary>
    public LedgerLine With(Message portion) => this with
    {
        Bytes = Bytes + portion.Bytes,
        Records = Records + portion.Records,
        New = New + portion.NewReadings,
        Duplicate = Duplicate + portion.DuplicateReadings,
        Conflicting = Conflicting + portion.ConflictingReadings,
        Quarantined = Quarantined + portion.QuarantinedParts,
        Ignored = Ignored + portion.IgnoredRecords,
        Answer = Math.Max(Answer, portion.Answer),
        Milliseconds = Math.Max(Milliseconds, portion.Milliseconds),
        EarliestMs = Earlier(EarliestMs, portion.EarliestMeasuredAt),
        LatestMs = -Earlier(-LatestMs, -portion.LatestMeasuredAt),
    };

    /// <summary>Whether another message has the same content as far as the ledger shows. The numbers of heartbeats may differ.</summary>
    public bool IsSameAs(LedgerLine other) => Content == other.Content;

    private static long? Earlier(long? one, long? other) => one is null || other < one ? other : one;

    private LedgerLine Content => this with { Id = 0, ReceivedAtUtc = default, Milliseconds = 0, Bytes = IsHeartbeat ? 0 : Bytes };
}

/// <summary>A message that came once, or repeatedly with the same outcome.</summary>
/// <param name="Last">The last time it came.</param>
/// <param name="Count">How often it came.</param>
/// <param name="First">The first time it came.</param>
public sealed record LedgerEntry(LedgerLine Last, int Count, LedgerLine First)
{
    /// <summary>When it came for the first time.</summary>
    public DateTimeOffset FirstUtc => First.ReceivedAtUtc;
}

/// <summary>A page of a gateway's ledger, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Before">The cursor of the next, older page; null if there is none.</param>
public sealed record LedgerPage(IReadOnlyList<LedgerEntry> Entries, long? Before);

/// <summary>A message with readings, the loggers they belong to, and the time they cover.</summary>
/// <param name="Id">The message; also the cursor of what follows it.</param>
/// <param name="ReceivedAtUtc">When it was received.</param>
/// <param name="Loggers">The loggers' serials.</param>
/// <param name="EarliestMeasuredAtUtc">The earliest time of measurement in it.</param>
/// <param name="LatestMeasuredAtUtc">The latest time of measurement in it.</param>
internal sealed record Arrival(
    long Id, DateTimeOffset ReceivedAtUtc, IReadOnlyList<string> Loggers, DateTimeOffset EarliestMeasuredAtUtc,
    DateTimeOffset LatestMeasuredAtUtc);

/// <summary>Messages in order of receipt.</summary>
/// <param name="Items">The messages.</param>
/// <param name="Next">The cursor of the next page; null if there is none yet.</param>
internal sealed record ArrivalPage(IReadOnlyList<Arrival> Items, long? Next);
