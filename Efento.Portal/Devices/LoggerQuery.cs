using System.Collections.Concurrent;
using System.Globalization;
using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>
/// Loggers as they stand now, for pages and the read API: values from memory, names and decisions from the roster. As long as nothing of a
/// logger changes, everybody is given the same <see cref="LoggerOverview"/>: a page knows by the reference what it need not draw anew.
/// </summary>
public sealed class LoggerQuery(LoggerRoster roster, LoggerDirectory loggers, SeriesDirectory series, LocationDirectory locations, ReceiptTimes receipts, TimeProvider time)
{
    /// <summary>Measured so far ahead of the server's clock, in ms: one of the two is wrong.</summary>
    private const long AheadMs = 5 * 60_000;

    /// <summary>Less is the way of the record, in ms.</summary>
    private const long LeastBehindMs = 60_000;

    /// <summary>What a new logger may be behind, in ms; more is its memory that is delivered.</summary>
    private const long MostBehindMs = 3_600_000;

    private readonly ConcurrentDictionary<int, Made> _made = new();
    private readonly ConcurrentDictionary<string, Listed> _listed = new();

    /// <summary>Every logger in use by name of its measuring point; held ones only if asked for, refused and retired ones never.</summary>
    public async Task<IReadOnlyList<LoggerOverview>> ListAsync(SiteScope scope, bool includeHeld = false, CancellationToken cancellationToken = default) =>
        [.. (await ListAllAsync(scope, cancellationToken)).Where(l => l.IsShown || (includeHeld && l is { Approval: LoggerApproval.Held, RetiredUtc: null }))];

    /// <summary>Every logger by name of its measuring point. Whoever may see everything is given the same list until something changes.</summary>
    public async Task<IReadOnlyList<LoggerOverview>> ListAllAsync(SiteScope scope, CancellationToken cancellationToken = default)
    {
        var stamp = roster.Stamp;
        var language = CultureInfo.CurrentCulture.Name;
        if (!scope.IsLimited && _listed.TryGetValue(language, out var listed) && listed.Stamp == stamp)
        {
            return listed.Loggers;
        }

        var known = await roster.ReadAsync(cancellationToken);
        List<LoggerOverview> all = [];
        var isTimeless = true;
        foreach (var one in known.ByName())
        {
            if (loggers.TryGet(one.Logger.Id, out var entry) && scope.SeesLogger(entry.Id))
            {
                all.Add(Overview(entry, one, known, scope));
                isTimeless &= series.Of(entry.Id).All(s => s.Ahead is null);
            }
        }

        // A reading ahead of the clock becomes the latest without a word.
        if (!scope.IsLimited && isTimeless)
        {
            _listed[language] = new Listed(stamp, all);
        }

        return all;
    }

    /// <summary>The logger of a serial, whatever was decided about it; null if there is none to see.</summary>
    public async Task<LoggerOverview?> FindAsync(SiteScope scope, string serial, CancellationToken cancellationToken = default)
    {
        if (!loggers.TryGet(serial, out var entry) || !scope.SeesLogger(entry.Id))
        {
            return null;
        }

        var known = await roster.ReadAsync(cancellationToken);
        return known.Find(entry.Id) is { } one ? Overview(entry, one, known, scope) : null;
    }

    /// <summary>What measured before its logger came to where somebody sees it is none of theirs.</summary>
    private LoggerOverview Overview(LoggerEntry entry, KnownLogger one, KnownLoggers known, SiteScope scope)
    {
        var logger = Overview(entry, one, known);
        var since = scope.SinceUtc(entry.Id);
        return since > DateTimeOffset.MinValue && (logger.Series.Any(s => s.Latest?.MeasuredAtUtc < since || s.LastValue?.MeasuredAtUtc < since) || logger.Through.Any(c => c.MeasuredAtUtc < since))
            ? logger with
            {
                Series = [.. logger.Series.Select(s => Since(s, since))],
                Through = [.. logger.Through.Where(c => c.MeasuredAtUtc >= since)],
            }
            : logger;
    }

    private static SeriesOverview Since(SeriesOverview its, DateTimeOffset since) => its with
    {
        Latest = its.Latest?.MeasuredAtUtc < since ? null : its.Latest,
        LastValue = its.LastValue?.MeasuredAtUtc < since ? null : its.LastValue,
    };

    private LoggerOverview Overview(LoggerEntry entry, KnownLogger one, KnownLoggers known)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var last = entry.LastContact;
        var its = new Inputs(
            one,
            locations.Tree,
            last,
            entry.AheadContact,
            last is null ? 0 : receipts.ReceivedMs(last.MessageId),
            last is not null && last.MeasuredAtMs - nowMs > AheadMs,
            entry.SetAside,
            entry.Gateways.Version,
            entry.Approval,
            entry.Synchronise);
        var values = series.Of(entry.Id);
        if (_made.TryGetValue(entry.Id, out var made) && made.Inputs == its && Holds(made.Logger, values, nowMs))
        {
            return made.Logger;
        }

        var logger = Make(entry, its, known, [.. values.Select(s => OverviewOf(s, nowMs))]);
        _made[entry.Id] = new Made(its, logger);
        return logger;
    }

    private static SeriesOverview OverviewOf(SeriesEntry its, long nowMs)
    {
        var overview = new SeriesOverview(its.Id, its.Channel, its.Type, its.Latest(nowMs));
        return overview.IsSensorError ? overview with { LastValue = its.LastValue(nowMs) } : overview;
    }

    private static bool Holds(LoggerOverview logger, IReadOnlyList<SeriesEntry> values, long nowMs)
    {
        if (logger.Series.Count != values.Count)
        {
            return false;
        }

        for (var i = 0; i < values.Count; i++)
        {
            var shown = logger.Series[i];
            if (values[i].Id != shown.Id || values[i].Latest(nowMs) != shown.Latest || (shown.IsSensorError && values[i].LastValue(nowMs) != shown.LastValue))
            {
                return false;
            }
        }

        return true;
    }

    private LoggerOverview Make(LoggerEntry entry, Inputs its, KnownLoggers known, IReadOnlyList<SeriesOverview> series)
    {
        var ((logger, point), tree) = (its.Known, its.Tree);
        return new LoggerOverview
        {
            Id = entry.Id,
            Serial = entry.Serial,
            PointName = its.Known.Name,
            Point = point is null ? null : new PointOverview(point.Id, point.Name, point.Place, point.RetiredUtc, point.Version) { Location = tree.Find(point.LocationId) },
            Approval = its.Approval,
            Synchronise = its.Synchronise,
            SynchroniseSetting = logger.SynchroniseSetUtc is { } at ? new SynchroniseSetting(at, logger.SynchroniseSetBy, logger.SynchroniseReason) : null,
            RetiredUtc = logger.RetiredUtc ?? point?.RetiredUtc,
            IsRetired = logger.RetiredUtc is not null,
            Version = logger.Version,
            FirstSeenUtc = logger.FirstSeenUtc,
            Contact = its.Contact is null ? null : Overview(its.Contact, known),
            Through = [.. entry.Gateways.Now(receipts).Select(c => Overview(c, known))],
            IsClockAhead = its.Ahead is not null || its.IsOfFuture,
            SetAside = its.SetAside,
            Freshness = FreshnessOf(its, entry.Rhythm),
            Series = series,
        };
    }

    private LoggerFreshness FreshnessOf(Inputs its, LoggerRhythm rhythm) =>
        !its.Synchronise ? LoggerFreshness.NotAwaited(its.Contact)
        : its.Ahead is { } ahead ? LoggerFreshness.Of(AsReceived(ahead), rhythm)
        : its.Contact is { } contact && (its.IsOfFuture || IsNewAndBehind(contact, its.ReceivedMs, rhythm)) ? LoggerFreshness.Of(AsReceived(contact), rhythm)
        : LoggerFreshness.Of(its.Contact, rhythm);

    /// <summary>Nothing tells yet whether a new logger's records come late or its clock is behind: neither is silence.</summary>
    private static bool IsNewAndBehind(LoggerContact contact, long receivedMs, LoggerRhythm rhythm) =>
        receivedMs - contact.MeasuredAtMs is > LeastBehindMs and < MostBehindMs && !rhythm.IsKnown;

    private LoggerContact AsReceived(LoggerContact contact)
    {
        var receivedMs = receipts.ReceivedMs(contact.MessageId);
        return contact with
        {
            MeasuredAtMs = receivedMs,
            NextMeasurementAtMs = contact.NextMeasurementAtMs == 0 ? 0 : contact.NextMeasurementAtMs - contact.MeasuredAtMs + receivedMs,
        };
    }

    private LoggerContactOverview Overview(LoggerContact contact, KnownLoggers known) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(contact.MeasuredAtMs),
        contact.IntervalSeconds == 0 ? null : contact.IntervalSeconds,
        contact.NextMeasurementAtMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(contact.NextMeasurementAtMs),
        contact.Signal,
        contact.BatteryLow,
        receipts.ReceivedAtUtc(contact.MessageId),
        contact.MessageId,
        contact.GatewayId,
        contact.GatewayId is { } id ? known.Gateways.GetValueOrDefault(id) : null);

    /// <summary>
    /// What an overview was made of; its parts are replaced, never changed. The rhythm has changed before the contact does.
    /// </summary>
    private readonly record struct Inputs(
        KnownLogger Known,
        LocationTree Tree,
        LoggerContact? Contact,
        LoggerContact? Ahead,
        long ReceivedMs,
        bool IsOfFuture,
        int SetAside,
        int Heard,
        LoggerApproval Approval,
        bool Synchronise);

    private sealed record Listed((int Version, int Heard) Stamp, IReadOnlyList<LoggerOverview> Loggers);

    private sealed record Made(Inputs Inputs, LoggerOverview Logger);
}
