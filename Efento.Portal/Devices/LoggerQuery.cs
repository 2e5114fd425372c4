using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>
/// Loggers as they stand now, for pages and the read API: values from memory, names and decisions from the roster. They are made anew once
/// after each change (<see cref="LoggerRoster"/>), however many pages ask; a logger that says the same as before stays the same object.
/// </summary>
internal sealed class LoggerQuery(
    LoggerRoster roster, LoggerDirectory loggers, SeriesDirectory series, LocationDirectory locations, ReceiptTimes receipts,
    IPointAlerts alerts, TimeProvider time) : IDisposable
{
    /// <summary>Measured so far ahead of the server's clock, in ms: one of the two is wrong.</summary>
    private const long AheadMs = 5 * 60_000;

    /// <summary>Less is the way of the record, in ms.</summary>
    private const long LeastBehindMs = 60_000;

    /// <summary>What a new logger may be behind, in ms; more is its memory that is delivered.</summary>
    private const long MostBehindMs = 3_600_000;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Lock _making = new();
    private volatile KnownLoggers? _known;
    private volatile LoggerSnapshot? _now;

    /// <summary>Every logger in use by name of its measuring point; held ones only if asked for, refused and retired ones never.</summary>
    public async Task<IReadOnlyList<LoggerOverview>> ListAsync(
        SiteScope scope, bool includeHeld = false, CancellationToken cancellationToken = default) =>
        [
            .. (await ListAllAsync(scope, cancellationToken)).Where(
                l => l.IsShown || (includeHeld && l is { Approval: LoggerApproval.Held, RetiredUtc: null }))
        ];

    /// <summary>
    /// Every logger by name of its measuring point. Whoever may see everything is given the same list until something changes.
    /// </summary>
    public async Task<IReadOnlyList<LoggerOverview>> ListAllAsync(SiteScope scope, CancellationToken cancellationToken = default) =>
        List(await NowAsync(cancellationToken), scope);

    /// <summary>The logger of a serial, whatever was decided about it; null if there is none to see.</summary>
    public async Task<LoggerOverview?> FindAsync(SiteScope scope, string serial, CancellationToken cancellationToken = default) =>
        loggers.TryGet(serial, out var entry) && scope.SeesLogger(entry.Id)
        && (await NowAsync(cancellationToken)).Find(entry.Id) is { } logger
            ? Seen(logger, scope)
            : null;

    /// <summary>
    /// The loggers in use that were heard and have a measuring point. Each is looked at when it is enumerated.
    /// </summary>
    public async Task<IEnumerable<HeardLogger>> HeardAsync(SiteScope scope, CancellationToken cancellationToken = default)
    {
        var known = await KnownAsync(cancellationToken);
        return known.All.Where(one => scope.SeesLogger(one.Logger.Id)).Select(Heard).OfType<HeardLogger>();
    }

    /// <inheritdoc/>
    void IDisposable.Dispose() => _reading.Dispose();

    /// <summary>Every logger as it stands; the same object as long as nothing changes.</summary>
    internal async ValueTask<LoggerSnapshot> NowAsync(CancellationToken cancellationToken = default) =>
        Refresh(await KnownAsync(cancellationToken));

    private async ValueTask<KnownLoggers> KnownAsync(CancellationToken cancellationToken)
    {
        if (_known is { } now && now.Version == roster.Version)
        {
            return now;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            return _known is { } read && read.Version == roster.Version ? read : _known = await roster.ReadAsync(cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    private HeardLogger? Heard(KnownLogger one) =>
        one is { Logger.RetiredUtc: null, Point: { RetiredUtc: null } point } && loggers.TryGet(one.Logger.Id, out var entry)
        && entry is { Approval: LoggerApproval.Accepted, LastContact: { } last }
            ? new HeardLogger(
                entry.Id, point.Id, point.LocationId, last, receipts.ReceivedMs(last.MessageId),
                FreshnessOf(entry, time.GetUtcNow().ToUnixTimeMilliseconds()), entry.Gateways.Now(receipts))
            : null;

    /// <summary>Those that somebody sees, by name.</summary>
    internal static IReadOnlyList<LoggerOverview> List(LoggerSnapshot now, SiteScope scope) =>
        !scope.IsLimited ? now.ByName() : [.. now.ByName().Where(l => scope.SeesLogger(l.Id)).Select(l => Seen(l, scope))];

    /// <summary>What measured before its logger came to where somebody sees it is none of theirs.</summary>
    private static LoggerOverview Seen(LoggerOverview logger, SiteScope scope)
    {
        var since = scope.SinceUtc(logger.Id);
        return since > DateTimeOffset.MinValue
            && (
                logger.Series.Any(s => s.Latest?.MeasuredAtUtc < since || s.LastValue?.MeasuredAtUtc < since)
                    || logger.Through.Any(c => c.MeasuredAtUtc < since))
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

    private LoggerSnapshot Refresh(KnownLoggers read)
    {
        lock (_making)
        {
            var before = _now;
            var known = before?.Known.Version > read.Version ? before.Known : read;

            // Before memory is looked at: what is heard meanwhile is then taken in by the next one.
            var stamp = new LoggersStamp(known.Version, roster.HeardCount, alerts.Version, receipts.Version, locations.Tree);
            return before is { IsTimeless: true } && before.IsOf(stamp) ? before : _now = Next(before, stamp, known);
        }
    }

    private LoggerSnapshot Next(LoggerSnapshot? before, LoggersStamp stamp, KnownLoggers known)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        Dictionary<int, LoggerOverview> all = new(known.All.Count);
        Dictionary<int, LoggerInputs> made = new(known.All.Count);
        var old = before is not null && before.IsOfSameDecisions(stamp) && ReferenceEquals(before.Known, known) ? before : null;
        var isTimeless = true;
        foreach (var one in known.All)
        {
            if (loggers.TryGet(one.Logger.Id, out var entry))
            {
                var inputs = made[entry.Id] = InputsOf(entry, one.Point, nowMs);
                all[entry.Id] = old?.Find(entry.Id) is { } still && old.InputsOf(entry.Id) == inputs && Holds(still, nowMs)
                    ? still
                    : Same(before, Make(entry, one, known, stamp.Tree, made[entry.Id].Alert, nowMs));

                // A reading ahead of the clock becomes the latest without a word.
                isTimeless &= series.Of(entry.Id).All(s => s.Ahead is null) && !IsOfFuture(entry.LastContact, nowMs);
            }
        }

        return before is not null && before.IsOf(stamp) && !isTimeless && before.HasSameLoggers(all)
            ? before
            : new LoggerSnapshot(stamp, known, all, made, isTimeless);
    }

    // Making and comparing hundreds of loggers for each message costs more than drawing what changed.
    private LoggerInputs InputsOf(LoggerEntry entry, MeasuringPoint? point, long nowMs) => new(
        entry.LastContact, entry.AheadContact, IsOfFuture(entry.LastContact, nowMs), entry.SetAside, entry.Gateways.Version,
        entry.Approval, entry.Synchronise, point is null ? default : alerts.Of(point.Id), alerts.LimitsVersion);

    private static LoggerOverview Same(LoggerSnapshot? before, LoggerOverview logger) =>
        before?.Find(logger.Id) is { } same && same == logger ? same : logger;

    private bool Holds(LoggerOverview logger, long nowMs)
    {
        var values = series.Of(logger.Id);
        if (logger.Series.Count != values.Count)
        {
            return false;
        }

        for (var i = 0; i < values.Count; i++)
        {
            var shown = logger.Series[i];
            if (
                values[i].Id != shown.Id
                || values[i].Latest(nowMs) != shown.Latest
                || (shown.IsSensorError && values[i].LastValue(nowMs) != shown.LastValue))
            {
                return false;
            }
        }

        return true;
    }

    private SeriesOverview OverviewOf(SeriesEntry its, MeasuringPoint? point, long nowMs)
    {
        var overview = new SeriesOverview(its.Id, its.Channel, its.Type, its.Latest(nowMs))
        {
            Limits = point is null ? null : alerts.LimitsOf(point.Id, its.Channel, its.Type),
        };
        return overview.IsSensorError ? overview with { LastValue = its.LastValue(nowMs) } : overview;
    }

    private LoggerOverview Make(LoggerEntry entry, KnownLogger one, KnownLoggers known, LocationTree tree, PointAlert alert, long nowMs)
    {
        var (logger, point) = (one.Logger, one.Point);
        return new LoggerOverview
        {
            Id = entry.Id,
            Serial = entry.Serial,
            PointName = one.Name,
            Point = point is null
                ? null
                : new PointOverview(point.Id, point.Name, point.Place, point.RetiredUtc, point.Version)
                {
                    Location = tree.Find(point.LocationId)
                },
            Approval = entry.Approval,
            Synchronise = entry.Synchronise,
            SynchroniseSetting = logger.SynchroniseSetUtc is { } at
                ? new SynchroniseSetting(at, logger.SynchroniseSetBy, logger.SynchroniseReason)
                : null,
            RetiredUtc = logger.RetiredUtc ?? point?.RetiredUtc,
            IsRetired = logger.RetiredUtc is not null,
            Version = logger.Version,
            FirstSeenUtc = logger.FirstSeenUtc,
            Contact = entry.LastContact is { } last ? Overview(last, known) : null,
            Through = [.. entry.Gateways.Now(receipts).Select(c => Overview(c, known))],
            IsClockAhead = entry.AheadContact is not null || IsOfFuture(entry.LastContact, nowMs),
            SetAside = entry.SetAside,
            Freshness = FreshnessOf(entry, nowMs),
            Series = [.. series.Of(entry.Id).Select(s => OverviewOf(s, point, nowMs))],
            Alert = alert,
            AreLimitsSet = alerts.AreLimitsSet,
        };
    }

    private static bool IsOfFuture(LoggerContact? contact, long nowMs) => contact?.MeasuredAtMs - nowMs > AheadMs;

    private LoggerFreshness FreshnessOf(LoggerEntry entry, long nowMs)
    {
        var (contact, rhythm) = (entry.LastContact, entry.Rhythm);
        return !entry.Synchronise ? LoggerFreshness.NotAwaited(contact)
            : contact is not null && (contact == entry.AheadContact || IsOfFuture(contact, nowMs) || IsNewAndBehind(contact, rhythm))
                ? LoggerFreshness.Of(AsReceived(contact), rhythm)
            : LoggerFreshness.Of(contact, rhythm);
    }

    /// <summary>Nothing tells yet whether a new logger's records come late or its clock is behind: neither is silence.</summary>
    private bool IsNewAndBehind(LoggerContact contact, LoggerRhythm rhythm) =>
        receipts.ReceivedMs(contact.MessageId) - contact.MeasuredAtMs is > LeastBehindMs and < MostBehindMs && !rhythm.IsKnown;

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
}
