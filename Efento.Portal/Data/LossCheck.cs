using Efento.Portal.Data.Sqlite;
using Efento.Portal.Ingest;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Data;

/// <summary>
/// Checks whether a database lacks messages that were noted beside it: because its log was removed or truncated after the program was
/// killed, or because the database was replaced by an older one.
/// </summary>
/// <param name="Noted">The note; null if there is none, or if the database is new.</param>
/// <param name="NotedUtc">When it was written.</param>
/// <param name="IsLogMissing">Whether the noted log is gone although it was not copied into the database since.</param>
internal sealed record LossCheck(EndNote? Noted, DateTimeOffset NotedUtc, bool IsLogMissing)
{
    /// <summary>Reads the state. Call it before the database is opened, because opening makes a log.</summary>
    public static LossCheck Before(DataDirectory directory)
    {
        var database = new FileInfo(directory[SqliteDatabase.FileName]);
        var noted = database.Exists ? directory.Noted : null;
        return new LossCheck(
            noted,
            directory.NotedUtc,
            noted is { HasLog: true }
                && !File.Exists(directory[SqliteDatabase.LogName])
                && database.LastWriteTimeUtc <= directory.NotedUtc);
    }

    /// <summary>Whether messages may be missing.</summary>
    /// <param name="newestMessage">The newest message in the database; 0 if there is none.</param>
    public bool IsLoss(long newestMessage) => IsLogMissing || newestMessage < Noted?.NewestMessage;

    /// <summary>Stores a loss in the database, once, until a user has confirmed it.</summary>
    public async Task KeepAsync(PortalDbContext db, DateTimeOffset nowUtc)
    {
        var newest = await db.Messages.MaxAsync(m => (long?)m.Id) ?? 0;
        var notedUtc = DateTimeOffset.FromUnixTimeMilliseconds(NotedUtc.ToUnixTimeMilliseconds());
        if (IsLoss(newest) && !await db.StoreLosses.AnyAsync(l => l.NotedUtc == notedUtc))
        {
            db.StoreLosses.Add(
                new StoreLoss { NewestMessage = newest, NotedMessage = Noted!.NewestMessage, NotedUtc = notedUtc, FoundUtc = nowUtc });
            await db.SaveChangesAsync();
        }
    }
}
