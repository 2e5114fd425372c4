namespace Efento.Portal.Ingest;

/// <summary>A line of the ledger as it is shown: one message and what became of it.</summary>
/// <param name="Id">The message.</param>
/// <param name="Route">The path it was posted to.</param>
/// <param name="Address">The address it came from.</param>
/// <param name="Bytes">The body's size, inflated.</param>
/// <param name="Records">How many records it held.</param>
/// <param name="New">How many readings were new.</param>
/// <param name="Duplicate">How many were known already.</param>
/// <param name="Conflicting">How many contradicted a known one.</param>
/// <param name="Quarantined">How many parts were set aside.</param>
/// <param name="Ignored">How many records were not stored, by policy.</param>
/// <param name="Answer">The HTTP status it was answered with; 0 if only portions of it have been stored.</param>
/// <param name="Milliseconds">From its first byte until it was handed to the database.</param>
/// <param name="EarliestMs">The earliest time measured in it, Unix ms; null if it held no reading.</param>
/// <param name="LatestMs">The latest time measured in it, Unix ms; null if it held no reading.</param>
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

    /// <summary>Whether it is a heartbeat. They may come to a path of their own, but nothing else is stored without a record.</summary>
    public bool IsHeartbeat =>
        this is { Answer: StatusCodes.Status201Created, Records: 0, Quarantined: 0 } || Route.EndsWith("/heartbeat", StringComparison.OrdinalIgnoreCase);

    /// <summary>With a further portion of it.</summary>
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

    /// <summary>Whether another message is the same again, as far as the ledger tells; a heartbeat's numbers may differ.</summary>
    public bool IsSameAs(LedgerLine other) => Content == other.Content;

    private static long? Earlier(long? one, long? other) => one is null || other < one ? other : one;

    private LedgerLine Content => this with { Id = 0, ReceivedAtUtc = default, Milliseconds = 0, Bytes = IsHeartbeat ? 0 : Bytes };
}

/// <summary>A message that came once or again and again, each time with the same outcome.</summary>
/// <param name="Last">How it came last.</param>
/// <param name="Count">How often it came.</param>
/// <param name="First">How it came first.</param>
public sealed record LedgerEntry(LedgerLine Last, int Count, LedgerLine First)
{
    /// <summary>When it came first.</summary>
    public DateTimeOffset FirstUtc => First.ReceivedAtUtc;
}

/// <summary>A part of a gateway's ledger, newest first.</summary>
/// <param name="Entries">What came.</param>
/// <param name="Before">Where older messages begin; null if there are none.</param>
public sealed record LedgerPage(IReadOnlyList<LedgerEntry> Entries, long? Before);

/// <summary>A message that held readings: which loggers they are of and which time they cover.</summary>
/// <param name="Id">The message; the cursor of what comes after it.</param>
/// <param name="ReceivedAtUtc">When it was received.</param>
/// <param name="Loggers">The loggers' serials.</param>
/// <param name="EarliestMeasuredAtUtc">The earliest time measured in it.</param>
/// <param name="LatestMeasuredAtUtc">The latest time measured in it.</param>
public sealed record Arrival(
    long Id, DateTimeOffset ReceivedAtUtc, IReadOnlyList<string> Loggers, DateTimeOffset EarliestMeasuredAtUtc, DateTimeOffset LatestMeasuredAtUtc);

/// <summary>Messages in the order received.</summary>
/// <param name="Items">The messages.</param>
/// <param name="Next">The message after which the next part begins; null if none is there yet.</param>
public sealed record ArrivalPage(IReadOnlyList<Arrival> Items, long? Next);
