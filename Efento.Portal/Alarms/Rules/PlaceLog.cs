using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules;

/// <summary>
/// Writes down where each measuring point lies and whether its readings are judged, a row (<see cref="PointPlace"/>) for each change. It
/// follows the changes of loggers, points and locations (<see cref="LoggerRoster"/>).
/// </summary>
internal sealed partial class PlaceLog(
    WriteGate gate, IDbContextFactory<PortalDbContext> database, LoggerRoster roster, LooseRules loose, RuleDirectory rules, LiveFeed feed,
    TimeProvider time, LogLimiter limiter, ILogger<PlaceLog> log) : IDisposable
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MostAtTheEnd = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IDisposable? _following;
    private bool _ended;

    /// <summary>The version of the roster that is written down.</summary>
    private int _version = -1;

    /// <summary>Writes down what is so now, and follows changes from then on.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await BringUpToDateAsync(cancellationToken);
        _following = feed.Subscribe([new LiveKey(LiveTopic.Inventory)], Throttle, FollowAsync);
    }

    /// <summary>Writes down what was changed since the last time. It costs nothing if nothing was.</summary>
    public async ValueTask BringUpToDateAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _version) == roster.Version)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Before the question: what changes meanwhile is then looked at again.
            var version = roster.Version;
            if (_version != version)
            {
                await WriteAsync(cancellationToken);
                Volatile.Write(ref _version, version);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits until nothing is being written down. Nothing is afterwards.</summary>
    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            _following?.Dispose();
            _turn.Wait(MostAtTheEnd);
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            await BringUpToDateAsync();
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            // The evaluation, and the next change, try again.
            if (limiter.IsDue(nameof(PlaceLog)))
            {
                LogFailed(log, fault.Message);
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        List<PointPlace> changed;
        bool isLoose;
        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            changed = await ChangedAsync(db, cancellationToken);
            isLoose = await LooseRules.AnyAsync(db, cancellationToken);
        }

        if (changed.Count > 0 || isLoose)
        {
            await gate.WriteAsync(
                async db =>
                {
                    db.PointPlaces.AddRange(changed);
                    await loose.TieAsync(db, cancellationToken);
                },
                cancellationToken);
            await rules.ReloadAsync(cancellationToken);
        }
    }

    private async Task<List<PointPlace>> ChangedAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var written = await db.PointPlaces.AsNoTracking().ToListAsync(cancellationToken);
        var last = written.GroupBy(p => p.PointId).ToDictionary(p => p.Key, p => p.MaxBy(place => place.FromMs)!);
        var present = await PresentPlaces.ReadAsync(db, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return
        [
            .. from place in present
               let before = last.GetValueOrDefault(place.PointId)
               where before is null || before.Path != place.Path || before.IsJudged != place.IsJudged
               select new PointPlace
               {
                   PointId = place.PointId,
                   FromMs = before is null ? long.MinValue : Math.Max(now, before.FromMs + 1),
                   Path = place.Path,
                   IsJudged = place.IsJudged,
               },
        ];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Where measuring points lie could not be written down for the rules; it is tried again: {Fault}")]
    private static partial void LogFailed(ILogger log, string fault);
}
