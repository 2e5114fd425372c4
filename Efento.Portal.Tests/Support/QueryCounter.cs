using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Support;

/// <summary>Counts what a portal asks its database for: every command of EF Core and every read of the reading store.</summary>
public sealed class QueryCounter : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>How many so far.</summary>
    public int Count => _asked.Count;

    /// <summary>What was asked after the first <paramref name="count"/>.</summary>
    public IEnumerable<string> After(int count) => _asked.Skip(count);

    /// <summary>Counts in a portal that is about to be built.</summary>
    public void AddTo(WebApplicationBuilder builder)
    {
        builder.Services.ConfigureDbContext<PortalDbContext>(options => options.AddInterceptors(this));
        builder.Services.AddSingleton<IReadingStore>(
            services => new CountedStore(this, ActivatorUtilities.CreateInstance<SqliteReadingStore>(services)));
    }

    /// <inheritdoc/>
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        _asked.Enqueue(result.CommandText);
        return result;
    }

    private void Add([CallerMemberName] string method = "") => _asked.Enqueue(method);

    private sealed class CountedStore(QueryCounter counter, IReadingStore store) : IReadingStore
    {
        public IReadingWriter CreateWriter(DbConnection connection) => store.CreateWriter(connection);

        public bool DeleteBefore(DbConnection connection, long beforeMs, int most) => store.DeleteBefore(connection, beforeMs, most);

        public long? Oldest(DbConnection connection) => store.Oldest(connection);

        public IEnumerable<(
            SeriesEntry Series, IReadOnlyList<ReadingArrival> Arrivals)> ReadArrivals(IEnumerable<SeriesEntry> series, long nowMs,
            int count) =>
            store.ReadArrivals(series, nowMs, count);

        public IReadOnlyList<(int SeriesId, Reading Reading)> ReadPage(in ReadingPage page)
        {
            counter.Add();
            return store.ReadPage(page);
        }

        public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLatest(IEnumerable<SeriesEntry> series, long nowMs)
        {
            counter.Add();
            return store.ReadLatest(series, nowMs);
        }

        public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLastValues(IEnumerable<SeriesEntry> series, long nowMs)
        {
            counter.Add();
            return store.ReadLastValues(series, nowMs);
        }

        public IEnumerable<(int SeriesId, Reading Reading)> ReadAhead(long nowMs)
        {
            counter.Add();
            return store.ReadAhead(nowMs);
        }

        public IReadOnlyList<(int SeriesId, long MeasuredAtMs, double Value)> ReadConflicts(int loggerId, long fromMs, long toMs, int most)
        {
            counter.Add();
            return store.ReadConflicts(loggerId, fromMs, toMs, most);
        }
    }
}
