using System.Collections.Concurrent;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Arrivals;

/// <summary>Loads and saves the positions of consumers.</summary>
public sealed class ArrivalCursors(WriteGate gate, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// Saves a cursor within the caller's transaction, so that the cursor and the consumer's work commit or fail together. A cursor that is
    /// too old is harmless, because readings are then delivered again. With a cursor that is too new, readings would be missed.
    /// </summary>
    public static async Task SaveAsync(
        PortalDbContext db, string consumer, long messageId, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var saved = await db.ArrivalCursors.Where(c => c.Consumer == consumer).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.LastMessageId, messageId).SetProperty(c => c.SavedUtc, now), cancellationToken);
        if (saved == 0)
        {
            db.ArrivalCursors.Add(new ArrivalCursor { Consumer = consumer, LastMessageId = messageId, SavedUtc = now });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Saves a cursor in a transaction of its own, even if it goes back.</summary>
    public async Task SaveAsync(string consumer, long messageId, CancellationToken cancellationToken = default)
    {
        await gate.WriteAsync(db => SaveAsync(db, consumer, messageId, time.GetUtcNow(), cancellationToken), cancellationToken);
        _known[consumer] = messageId;
    }

    /// <summary>Saves a cursor together with what else is written in the same transaction, even if it goes back.</summary>
    /// <param name="consumer">The name of the consumer.</param>
    /// <param name="messageId">The position.</param>
    /// <param name="write">Writes the rest.</param>
    /// <param name="committed">Takes it into memory, before anybody else writes. It must not wait and not throw.</param>
    /// <param name="cancellationToken">Cancels the call before anything is written.</param>
    public async Task SaveAsync(
        string consumer, long messageId, Func<PortalDbContext, Task> write, Action committed,
        CancellationToken cancellationToken = default) =>
        await gate.WriteAsync(
            async db =>
            {
                await write(db);
                await SaveAsync(db, consumer, messageId, time.GetUtcNow(), cancellationToken);
                return messageId;
            },
            saved =>
            {
                _known[consumer] = saved;
                committed();
            },
            cancellationToken);

    /// <summary>
    /// Saves the positions that changed since the last save. Consumers that save their cursor together with their work are skipped.
    /// </summary>
    internal async Task SaveAsync(IEnumerable<IArrivalConsumer> consumers, CancellationToken cancellationToken)
    {
        List<(string Consumer, long Done)> ahead =
        [
            .. consumers.Select(c => (c.Name, Done: c.Done ?? 0)).Where(c => c.Done > _known.GetValueOrDefault(c.Name)),
        ];
        if (ahead.Count == 0)
        {
            return;
        }

        await gate.WriteAsync(
            async db =>
            {
                var saved = await db.ArrivalCursors.AsNoTracking()
                    .ToDictionaryAsync(c => c.Consumer, c => c.LastMessageId, cancellationToken);
                foreach (var (consumer, done) in ahead.Where(c => c.Done > saved.GetValueOrDefault(c.Consumer)))
                {
                    await SaveAsync(db, consumer, done, time.GetUtcNow(), cancellationToken);
                }
            },
            cancellationToken);
        ahead.ForEach(c => _known[c.Consumer] = c.Done);
    }

    /// <summary>
    /// Loads the cursors of these consumers, and deletes the cursors of all others: they would hold back the ledger for nobody.
    /// </summary>
    /// <returns>The cursors by name, the newest message, and the consumers whose cursors were deleted.</returns>
    internal Task<(IReadOnlyDictionary<string, long> Cursors, long LastId, IReadOnlyList<string> GivenUp)> LoadAsync(
        IReadOnlyCollection<string> consumers, CancellationToken cancellationToken = default) =>
        gate.WriteAsync<(IReadOnlyDictionary<string, long>, long, IReadOnlyList<string>)>(
            async db =>
            {
                var all = await db.ArrivalCursors.AsNoTracking().ToListAsync(cancellationToken);
                var givenUp = all.Select(c => c.Consumer).Except(consumers, StringComparer.Ordinal).ToList();
                if (givenUp.Count > 0)
                {
                    await db.ArrivalCursors.Where(c => givenUp.Contains(c.Consumer)).ExecuteDeleteAsync(cancellationToken);
                }

                var cursors = all.Where(c => !givenUp.Contains(c.Consumer)).ToDictionary(c => c.Consumer, c => c.LastMessageId);
                foreach (var (consumer, id) in cursors)
                {
                    _known[consumer] = id;
                }

                return (cursors, await db.Messages.MaxAsync(m => (long?)m.Id, cancellationToken) ?? 0, givenUp);
            },
            cancellationToken);
}
