using Efento.Portal.Arrivals;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Outgoing;

/// <summary>Reads what a feed sends next: which readings came from the ledger, and the readings from the store.</summary>
internal sealed class OutgoingReader(
    ArrivalLedger ledger, IReadingStore store, SeriesDirectory series, LoggerDirectory loggers, FeedPoints points, ReceiptTimes receipts)
{
    /// <summary>The most readings of a batch.</summary>
    public const int MostReadings = 500;

    /// <summary>The most lines of the ledger that are read for a batch.</summary>
    public const int MostLines = 500;

    /// <summary>The next batch after a position; null if the ledger no longer holds what follows.</summary>
    /// <param name="position">The position.</param>
    /// <param name="within">Only what was measured in this location and below; null for the whole site.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<OutgoingBatch?> NextAsync(FeedPosition position, int? within, CancellationToken cancellationToken)
    {
        if (await ledger.ReadAsync(position.MessageId, MostLines, cancellationToken) is not { } lines)
        {
            return null;
        }

        if (lines.Spans.Count == 0)
        {
            var next = lines.LastId > position.MessageId ? new FeedPosition(lines.LastId) : position;
            return new OutgoingBatch(position, [], next, lines.MayHaveMore);
        }

        var placed = await points.ReadAsync([.. lines.Spans.Select(s => s.LoggerId).Distinct()], within, cancellationToken);
        return Collect(position, lines, placed, cancellationToken);
    }

    private OutgoingBatch Collect(
        FeedPosition position, ArrivalBatch lines, PlacedLoggers placed, CancellationToken cancellationToken)
    {
        List<OutgoingReading> found = [];
        var (done, message, logger, first) = (position.MessageId, 0L, 0, 0L);
        foreach (var span in lines.Spans)
        {
            (done, logger) = span.MessageId == message ? (done, logger + 1) : (Math.Max(done, message), 0);
            message = span.MessageId;
            var isPart = message == position.PartOf;
            if (isPart && logger < position.Loggers)
            {
                continue;
            }

            var after = isPart && logger == position.Loggers ? position.After : null;
            var last = Fill(found, span, after, placed, cancellationToken);
            first = first == 0 && found.Count > 0 ? message : first;
            if (last is not null)
            {
                return new OutgoingBatch(position, found, new FeedPosition(done, message, logger, last), MayHaveMore: true)
                {
                    FirstMessageId = first,
                };
            }
        }

        return new OutgoingBatch(position, found, new FeedPosition(lines.LastId), lines.MayHaveMore) { FirstMessageId = first };
    }

    /// <summary>Adds the readings of a span.</summary>
    /// <returns>The last reading that was added, if the batch was full then; null if the span was read to its end.</returns>
    private ReadingPosition? Fill(
        List<OutgoingReading> found, ArrivalSpan span, ReadingPosition? after, PlacedLoggers placed, CancellationToken cancellationToken)
    {
        // What waits for approval or was refused is stored but shown to nobody.
        if (!loggers.TryGet(span.LoggerId, out var logger) || logger.Approval is not LoggerApproval.Accepted || !placed.MaySend(logger.Id))
        {
            return null;
        }

        IReadOnlyList<(int SeriesId, Reading Reading)> page;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page = store.ReadPage(new ReadingPage(logger.Id, null, span.EarliestMs, span.LatestMs + 1, after, MostReadings));
            foreach (var (seriesId, reading) in page)
            {
                var its = series.Find(seriesId)!;
                after = new ReadingPosition(reading.MeasuredAtMs, its.Channel, its.Type.Key);
                if (IsOf(span, reading) && placed.IsSent(logger.Id, reading.MeasuredAtMs, out var point))
                {
                    found.Add(ReadingOf(logger, point, its, reading));
                    if (found.Count == MostReadings)
                    {
                        return after;
                    }
                }
            }
        }
        while (page.Count == MostReadings);
        return null;
    }

    /// <summary>
    /// Whether a reading came with the message. What was read again from the quarantine can't be told from what was there.
    /// </summary>
    private static bool IsOf(ArrivalSpan span, in Reading reading) => span.IsReadAgain || reading.MessageId == span.MessageId;

    private OutgoingReading ReadingOf(LoggerEntry logger, OutgoingPoint? point, SeriesEntry its, in Reading reading) => new(
        logger.Serial,
        point,
        ReadingItem.Of(new SeriesReading(its.Channel, its.Type, reading), receipts),
        IsNewest: its.NewestMs is not { } newest || reading.MeasuredAtMs >= newest);
}
