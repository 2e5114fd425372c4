using Efento.Portal.Ingest.Transactions;

namespace Efento.Portal.Ingest.Ledger;

/// <summary>Creates the lines of the ledger.</summary>
internal static class MessageLine
{
    /// <summary>The line of a message, or of a portion of a large one.</summary>
    public static Message Of(AppliedMessage applied, PortionedMessage? large = null)
    {
        var (message, tally) = (applied.Message, applied.Tally);
        return new()
        {
            Id = applied.Id,
            TokenId = message.TokenId,
            GatewayId = applied.GatewayId,
            Address = message.Address,
            Route = message.Route,
            FirstPortion = large?.FirstId,
            Bytes = large?.Current.Bytes ?? message.RefusedBytes ?? message.Body.Length,
            Records = tally.Records,
            NewReadings = tally.New,
            DuplicateReadings = tally.Duplicate,
            ConflictingReadings = tally.Conflicting,
            QuarantinedParts = tally.Quarantined,
            IgnoredRecords = tally.Ignored,
            Answer = large is { Current.IsLast: false } ? 0
                : message.RefusedBytes is null ? StatusCodes.Status201Created
                : StatusCodes.Status413PayloadTooLarge,
            Milliseconds = (int)Math.Clamp(applied.Transaction.NowMs - message.ReceivedMs, 0, int.MaxValue),
            EarliestMeasuredAt = tally.EarliestMs,
            LatestMeasuredAt = tally.LatestMs,
            Loggers = tally.LoggerBytes(),
        };
    }

    /// <summary>
    /// Creates the line of a message that was read again from the quarantine. Programs that follow the arrivals have already passed the
    /// original message, so the readings need a line of their own.
    /// </summary>
    public static Message OfReadAgain(AppliedMessage applied)
    {
        var tally = applied.Tally;
        return new()
        {
            Id = applied.Transaction.Number(applied.Transaction.NowMs),
            TokenId = 0,
            Address = "",
            Route = Message.ReadAgainRoute,
            Bytes = applied.Message.Body.Length,
            Records = tally.Records,
            NewReadings = tally.New,
            DuplicateReadings = tally.Duplicate,
            ConflictingReadings = tally.Conflicting,
            QuarantinedParts = tally.Quarantined,
            IgnoredRecords = tally.Ignored,
            EarliestMeasuredAt = tally.EarliestMs,
            LatestMeasuredAt = tally.LatestMs,
            Loggers = tally.LoggerBytes(),
        };
    }
}
