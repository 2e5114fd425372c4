using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Components.Words;

/// <summary>The quarantine as people read it.</summary>
public static class QuarantineWords
{
    /// <summary>Why something was set aside.</summary>
    public static string Reason(RejectReason reason) => reason switch
    {
        RejectReason.EmptyBody => "The message is empty",
        RejectReason.NotJson => "The message is not JSON, or breaks off",
        RejectReason.NotMeasurements => "The message is JSON but holds no measurements",
        RejectReason.NotInflatable => "The compressed message can't be unpacked",
        RejectReason.NotARecord => "A record is not a JSON object",
        RejectReason.NoSerial => "A record has no usable serial number",
        RejectReason.NoTime => "A record has no usable time",
        RejectReason.TimeAhead => "Measured too far in the future",
        RejectReason.TimeTooOld => "Measured too long ago",
        RejectReason.NotAParam => "The channels of a record can't be read",
        RejectReason.BadChannel => "A channel number is missing or not 1 to 255",
        RejectReason.BadType => "A measurement type is missing or not readable",
        RejectReason.BadValue => "A value is neither a number nor a known word",
        RejectReason.TooManySeries => "The logger has too many channels",
        RejectReason.TooManyNewLoggers => "Too many new loggers in one day",
        RejectReason.TooManyNewGateways => "Too many new gateways in one day",
        RejectReason.NotStorable => "The database refused the message",
        RejectReason.TooManyParts => "The message holds too many records",
        _ => reason.ToString(),
    };

    /// <summary>How much is kept.</summary>
    public static string Scope(RejectScope scope) => scope switch
    {
        RejectScope.Body => "whole message",
        RejectScope.Record => "one record",
        _ => "one channel, kept with its record",
    };

    /// <summary>How often something came.</summary>
    public static string Times(long count) => count == 1 ? "once" : $"{count} times";

    /// <summary>A number of items.</summary>
    public static string Items(int count) => count == 1 ? "1 item" : $"{count} items";

    /// <summary>How full it is, for all tokens or one.</summary>
    public static string Filling(QuarantineUse use) => use.TokenId is { } tokenId
        ? $"The quarantine of the token {use.TokenName ?? $"{tokenId}"} is {Full(use)}. Once it is full, its messages that can't be read completely are answered 503."
        : $"The quarantine is {Full(use)}. Once it is full, messages that can't be read completely are answered 503.";

    /// <summary>What reading items again brought.</summary>
    public static string ReadAgain(IReadOnlyCollection<ReadAgainOutcome> outcomes)
    {
        List<string> parts = [];
        Add(ReadAgainVerdict.Read, "read");
        Add(ReadAgainVerdict.Rejected, "still can't be used and stays");
        Add(ReadAgainVerdict.Ignored, "stays: unknown loggers are ignored (Portal:Ingest:UnknownLoggers)");
        Add(ReadAgainVerdict.NotStorable, "still refused by the database and stays");
        Add(ReadAgainVerdict.NoRoom, "stays: the quarantine has no room for what is left of it");
        Add(ReadAgainVerdict.Gone, "not done: read, changed or discarded by somebody else meanwhile");
        var (added, known) = (outcomes.Sum(o => o.NewReadings), outcomes.Sum(o => o.KnownReadings));
        return $"{string.Join("; ", parts)}. Readings: {added} new, {known} known already.";

        void Add(ReadAgainVerdict verdict, string what)
        {
            if (outcomes.Count(o => o.Verdict == verdict) is > 0 and var count)
            {
                parts.Add($"{Items(count)} {what}");
            }
        }
    }

    /// <summary>What discarding items came to.</summary>
    public static string Discarded(int discarded, int wanted) => (discarded, wanted - discarded) switch
    {
        (_, 0) => $"{Items(discarded)} discarded.",
        (0, 1) => "Not done: somebody else read it again, changed or discarded it meanwhile.",
        (0, _) => "Not done: somebody else read them again, changed or discarded them meanwhile.",
        var (done, missed) => $"{Items(done)} discarded; {Items(missed)} not: somebody else read, changed or discarded {(missed == 1 ? "it" : "them")} meanwhile.",
    };

    private static string Full(QuarantineUse use) => $"{use.Percent} % full ({GatewayWords.Size(use.Bytes)} of {GatewayWords.Size(use.Limit)})";
}
