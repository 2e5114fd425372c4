using System.Collections.Concurrent;
using Efento.Portal.Arrivals;

namespace Efento.Portal.Notifications.Telling;

/// <summary>
/// Which loggers' late readings are arriving: a gateway hands over what it kept. In memory, because it lasts for minutes. Thread-safe.
/// </summary>
internal sealed class BackFills(TimeProvider time) : IArrivalConsumer
{
    private readonly ConcurrentDictionary<int, DateTimeOffset> _lastUtc = new();

    /// <inheritdoc/>
    public string Name => "late-readings";

    /// <inheritdoc/>
    public long? Done => null;

    /// <summary>When a logger's late readings have come to rest, if none follow; null if none arrive now.</summary>
    public DateTimeOffset? RestUtc(int? loggerId, DateTimeOffset now) =>
        loggerId is { } id && _lastUtc.TryGetValue(id, out var last) && last + LateReadings.Rest > now ? last + LateReadings.Rest : null;

    /// <inheritdoc/>
    public Task BeginAsync(long after, bool isAnew, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task TakeAsync(ArrivalBatch batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (logger, last) in _lastUtc)
        {
            if (last + LateReadings.Rest <= now)
            {
                _lastUtc.TryRemove(KeyValuePair.Create(logger, last));
            }
        }

        foreach (var span in batch.Spans.Where(s => LateReadings.IsLate(s.EarliestMs, now)))
        {
            _lastUtc[span.LoggerId] = now;
        }

        return Task.CompletedTask;
    }
}
