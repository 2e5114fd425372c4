using System.Collections.Concurrent;
using System.Data.Common;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Support;

/// <summary>Lets reads of some loggers wait, as a slow disk would.</summary>
internal sealed class StalledReads : IDisposable
{
    private readonly ConcurrentDictionary<int, ManualResetEventSlim> _stalled = new();
    private readonly ConcurrentDictionary<int, bool> _waiting = new();

    /// <summary>Is told of each read before it is made.</summary>
    public Action<ReadingPage>? Reading { get; set; }

    /// <summary>Lets the next reads of a logger wait.</summary>
    public void Stall(int loggerId) => _stalled[loggerId] = new ManualResetEventSlim();

    /// <summary>Whether a read of a logger waits.</summary>
    public bool IsWaiting(int loggerId) => _waiting.ContainsKey(loggerId);

    /// <summary>Lets reads of a logger go on.</summary>
    public void GoOn(int loggerId) => _stalled[loggerId].Set();

    /// <summary>Stalls reads of a portal that is about to be built.</summary>
    public void AddTo(WebApplicationBuilder builder) => builder.Services.AddSingleton<IReadingStore>(
        services => new Store(this, ActivatorUtilities.CreateInstance<SqliteReadingStore>(services)));

    public void Dispose()
    {
        foreach (var stalled in _stalled.Values)
        {
            stalled.Set();
        }
    }

    private void Wait(int loggerId)
    {
        if (_stalled.TryGetValue(loggerId, out var its))
        {
            _waiting[loggerId] = true;
            its.Wait(Until.Patience);
            _waiting.TryRemove(loggerId, out _);
        }
    }

    private sealed class Store(StalledReads reads, IReadingStore store) : IReadingStore
    {
        public IReadingWriter CreateWriter(DbConnection connection) => store.CreateWriter(connection);

        public bool DeleteBefore(DbConnection connection, long beforeMs, int most) => store.DeleteBefore(connection, beforeMs, most);

        public long? Oldest(DbConnection connection) => store.Oldest(connection);

        public IEnumerable<(SeriesEntry Series, IReadOnlyList<ReadingArrival> Arrivals)> ReadArrivals(
            IEnumerable<SeriesEntry> series, long nowMs, int count) => store.ReadArrivals(series, nowMs, count);

        public IReadOnlyList<(int SeriesId, Reading Reading)> ReadPage(in ReadingPage page)
        {
            reads.Reading?.Invoke(page);
            reads.Wait(page.LoggerId);
            return store.ReadPage(page);
        }

        public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLatest(IEnumerable<SeriesEntry> series, long nowMs) =>
            store.ReadLatest(series, nowMs);

        public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLastValues(IEnumerable<SeriesEntry> series, long nowMs) =>
            store.ReadLastValues(series, nowMs);

        public IEnumerable<(int SeriesId, Reading Reading)> ReadAhead(long nowMs) => store.ReadAhead(nowMs);

        public IReadOnlyList<(int SeriesId, long MeasuredAtMs, double Value)> ReadConflicts(
            int loggerId, long fromMs, long toMs, int most) => store.ReadConflicts(loggerId, fromMs, toMs, most);
    }
}
