using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database during operation. First it copies most of the log on its own connection, so that nobody
/// waits. Then it copies the rest while it holds the write gate; after that the log starts again from its beginning. If this fails, the
/// writing connection does the same later, at <c>wal_autocheckpoint</c>.
/// </summary>
internal sealed partial class Checkpointer(SqliteDatabase database, WriteGate gate, ILogger<Checkpointer> log) : BackgroundService
{
    private bool _fails;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await gate.CheckpointDue.WaitToReadAsync(stoppingToken))
        {
            gate.CheckpointDue.TryRead(out _);
            try
            {
                await CheckpointAsync(stoppingToken);
                _fails = false;
            }
            catch (SqliteException fault)
            {
                if (!_fails)
                {
                    LogFailed(log, fault);
                }

                _fails = true;
            }
        }
    }

    private async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        using (var own = database.OpenBesideWriter())
        {
            SqliteDatabase.Checkpoint(own, "PASSIVE");

            // Once more, for what was written during the first copy.
            SqliteDatabase.Checkpoint(own, "PASSIVE");
        }

        using var lease = await gate.EnterAsync(cancellationToken);
        SqliteDatabase.Checkpoint((SqliteConnection)lease.Connection, "PASSIVE");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be copied into the database. The portal retries when more has been written")]
    private static partial void LogFailed(ILogger log, Exception fault);
}
