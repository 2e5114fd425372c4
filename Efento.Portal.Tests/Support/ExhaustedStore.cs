using System.Data.Common;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Support;

/// <summary>A reading store that has no memory left for one value.</summary>
internal sealed class ExhaustedStore(IReadingStore store, double value) : IReadingStore
{
    /// <summary>Puts it into a portal that is about to be built.</summary>
    public static void AddTo(WebApplicationBuilder builder, double value) =>
        builder.Services.AddSingleton<IReadingStore>(
            services => new ExhaustedStore(ActivatorUtilities.CreateInstance<SqliteReadingStore>(services), value));

    public IReadingWriter CreateWriter(DbConnection connection) => new Writer(store.CreateWriter(connection), value);

    public bool DeleteBefore(DbConnection connection, long beforeMs, int most) => store.DeleteBefore(connection, beforeMs, most);

    public long? Oldest(DbConnection connection) => store.Oldest(connection);

    public IReadOnlyList<(int SeriesId, Reading Reading)> ReadPage(in ReadingPage page) => store.ReadPage(page);

    public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLatest(IEnumerable<SeriesEntry> series, long nowMs) =>
        store.ReadLatest(series, nowMs);

    public IEnumerable<(SeriesEntry Series, Reading Reading)> ReadLastValues(IEnumerable<SeriesEntry> series, long nowMs) =>
        store.ReadLastValues(series, nowMs);

    public IEnumerable<(
        SeriesEntry Series, IReadOnlyList<ReadingArrival> Arrivals)> ReadArrivals(IEnumerable<SeriesEntry> series, long nowMs, int count) =>
        store.ReadArrivals(series, nowMs, count);

    public IEnumerable<(int SeriesId, Reading Reading)> ReadAhead(long nowMs) => store.ReadAhead(nowMs);

    public IReadOnlyList<(int SeriesId, long MeasuredAtMs, double Value)> ReadConflicts(int loggerId, long fromMs, long toMs, int most) =>
        store.ReadConflicts(loggerId, fromMs, toMs, most);

    private sealed class Writer(IReadingWriter writer, double value) : IReadingWriter
    {
        public StoreOutcome Store(SeriesEntry series, in Reading reading) =>
            reading.Value == value ? throw new InsufficientMemoryException("none left") : writer.Store(series, reading);

        public long? NextMeasured(int loggerId, long afterMs) => writer.NextMeasured(loggerId, afterMs);

        public void RolledBack() => writer.RolledBack();

        public void Dispose() => writer.Dispose();
    }
}
