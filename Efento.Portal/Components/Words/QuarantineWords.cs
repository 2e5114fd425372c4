using System.Globalization;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;

namespace Efento.Portal.Components.Words;

/// <summary>Texts about the quarantine.</summary>
public static class QuarantineWords
{
    /// <summary>Why something was set aside.</summary>
    public static string Reason(RejectReason reason) => reason switch
    {
        RejectReason.EmptyBody => QuarantineText.EmptyBody,
        RejectReason.NotJson => QuarantineText.NotJson,
        RejectReason.NotMeasurements => QuarantineText.NotMeasurements,
        RejectReason.NotInflatable => QuarantineText.NotInflatable,
        RejectReason.NotARecord => QuarantineText.NotARecord,
        RejectReason.NoSerial => QuarantineText.NoSerial,
        RejectReason.NoTime => QuarantineText.NoTime,
        RejectReason.TimeAhead => QuarantineText.TimeAhead,
        RejectReason.TimeTooOld => QuarantineText.TimeTooOld,
        RejectReason.NotAParam => QuarantineText.NotAParam,
        RejectReason.BadChannel => QuarantineText.BadChannel,
        RejectReason.BadType => QuarantineText.BadType,
        RejectReason.BadValue => QuarantineText.BadValue,
        RejectReason.TooManySeries => QuarantineText.TooManySeries,
        RejectReason.TooManyNewLoggers => QuarantineText.TooManyNewLoggers,
        RejectReason.TooManyNewGateways => QuarantineText.TooManyNewGateways,
        RejectReason.NotStorable => QuarantineText.NotStorable,
        RejectReason.TooManyParts => QuarantineText.TooManyParts,
        _ => reason.ToString(),
    };

    /// <summary>The scope of an item.</summary>
    public static string Scope(RejectScope scope) => scope switch
    {
        RejectScope.Body => QuarantineText.ScopeBody,
        RejectScope.Record => QuarantineText.ScopeRecord,
        _ => QuarantineText.ScopeChannel,
    };

    /// <summary>How often something came.</summary>
    public static string Times(long count) =>
        count == 1 ? QuarantineText.Once : QuarantineText.Times(count.ToString("N0", CultureInfo.CurrentCulture), count);

    /// <summary>How full the quarantine is, for all tokens or for one.</summary>
    public static string Filling(QuarantineUse use) => use.TokenId is { } tokenId
        ? QuarantineText.FillingOfToken(use.TokenName ?? $"{tokenId}", Full(use))
        : QuarantineText.Filling(Full(use));

    /// <summary>The result of reading items again.</summary>
    public static string ReadAgain(IReadOnlyCollection<ReadAgainOutcome> outcomes)
    {
        List<string> parts = [];
        Add(ReadAgainVerdict.Read, QuarantineText.ReadRead);
        Add(ReadAgainVerdict.Rejected, QuarantineText.ReadRejected);
        Add(ReadAgainVerdict.Ignored, QuarantineText.ReadIgnored);
        Add(ReadAgainVerdict.NotStorable, QuarantineText.ReadNotStorable);
        Add(ReadAgainVerdict.NoRoom, QuarantineText.ReadNoRoom);
        Add(ReadAgainVerdict.Gone, QuarantineText.ReadGone);
        var (added, known) = (outcomes.Sum(o => o.NewReadings), outcomes.Sum(o => o.KnownReadings));
        return QuarantineText.ReadSum(string.Join("; ", parts), added, known);

        void Add(ReadAgainVerdict verdict, Func<long, string> what)
        {
            if (outcomes.Count(o => o.Verdict == verdict) is > 0 and var count)
            {
                parts.Add(what(count));
            }
        }
    }

    /// <summary>The result of discarding items.</summary>
    public static string Discarded(int discarded, int wanted) => (discarded, wanted - discarded) switch
    {
        (_, 0) => QuarantineText.DiscardedAll(discarded),
        (0, var missed) => QuarantineText.DiscardedNone(missed),
        var (done, missed) => QuarantineText.DiscardedSome(done, missed),
    };

    private static string Full(QuarantineUse use) =>
        QuarantineText.Full(use.Percent, GatewayWords.Size(use.Bytes), GatewayWords.Size(use.Limit));
}
