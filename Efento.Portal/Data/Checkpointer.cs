using Microsoft.Data.Sqlite;

namespace Efento.Portal.Data;

/// <summary>
/// Copies the write-ahead log into the database beside the traffic: first on a connection of its own, so that nobody waits for the bulk of
/// it, then the little that came meanwhile at the writer's turn, after which the log begins anew. Should it fail, the writer's own
/// connection does the same later, at <c>wal_autocheckpoint</c>.
/// </summary>
internal sealed partial class Checkpointer(SqliteDatabase database, WriteGate gate, ILogger<Checkpointer> logger) : BackgroundService
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
                    LogFailed(logger, fault);
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

            // Once more, for what came during the first.
            SqliteDatabase.Checkpoint(own, "PASSIVE");
        }

        using var lease = await gate.EnterAsync(cancellationToken);
        SqliteDatabase.Checkpoint(lease.Connection, "PASSIVE");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be copied into the database; it is tried again when more has been written")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
