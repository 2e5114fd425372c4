namespace Efento.Portal.Arrivals;

/// <summary>
/// The readings that the messages after one id and up to another one stored. A reading is included if it now holds its time, whether that
/// time was empty before or the reading replaced another one. A value that was stored as a conflict only is not included.
/// </summary>
/// <param name="After">The id of the message before the first one of the batch.</param>
/// <param name="LastId">The id of the last message of the batch.</param>
/// <param name="Spans">The readings, in the order in which they were stored. A logger may have several spans.</param>
/// <param name="Readings">
/// The readings themselves, in the same order; null in batches from the ledger, so that a consumer reads its spans from the store.
/// </param>
internal sealed record ArrivalBatch(
    long After, long LastId, IReadOnlyList<ArrivalSpan> Spans, IReadOnlyList<ArrivedReading>? Readings = null)
{
    /// <summary>Whether it was read from the ledger and ended because it was full, so that more may follow.</summary>
    public bool MayHaveMore { get; init; }
}

/// <summary>A reading that was stored.</summary>
/// <param name="SeriesId">Its series.</param>
/// <param name="LoggerId">Its logger.</param>
/// <param name="MeasuredAtMs">When it was measured, Unix ms.</param>
/// <param name="Value">Its value; null if it has none that can be used.</param>
/// <param name="MessageId">The message it came with.</param>
/// <param name="IsAhead">Whether it was measured ahead of the server's clock.</param>
/// <param name="Signal">The signal strength (dBm, negative); null if not reported.</param>
public readonly record struct ArrivedReading(
    int SeriesId, int LoggerId, long MeasuredAtMs, double? Value, long MessageId, bool IsAhead, short? Signal);

/// <summary>
/// Some readings of one logger. In batches from memory, neighbouring readings are at most an hour apart. A span that was read from the
/// ledger covers everything that the message held.
/// </summary>
/// <param name="LoggerId">The logger.</param>
/// <param name="EarliestMs">When the first reading was measured, Unix ms.</param>
/// <param name="LatestMs">When the last reading was measured, Unix ms.</param>
public readonly record struct ArrivalSpan(int LoggerId, long EarliestMs, long LatestMs)
{
    /// <summary>The message that held them; 0 if there were several, or if the batch is from memory.</summary>
    public long MessageId { get; init; }

    /// <summary>
    /// Whether the message was read again from the quarantine: its readings then bear the id of the message that they first came with.
    /// </summary>
    public bool IsReadAgain { get; init; }
}
