using System.Globalization;
using Efento.Portal.Data;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Ingest;

/// <summary>
/// Notices within seconds, though nobody sends, that the database's files were removed, moved or replaced, and saves beside them what is still
/// open: what was answered 201 before must not end with the process.
/// </summary>
internal sealed partial class StoreWatch(WriteGate gate, DataDirectory directory, StoreHealth health, ILogger<StoreWatch> logger) : BackgroundService
{
    // Files are the machine's, whatever clock the portal goes by.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private bool _isSaved;
    private bool _isToldUnsaved;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await LookAsync(cancellationToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await FaultAsync(cancellationToken) is { } fault)
            {
                health.Fails(fault);
                await SaveOnceAsync(fault, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The portal ends, and the gate is held by somebody who is stuck in the store.
            LogStuck(logger);
        }
    }

    private async Task<SqliteException?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await gate.EnterAsync(cancellationToken);
            return null;
        }
        catch (SqliteException fault)
        {
            return fault;
        }
    }

    private Task SaveOnceAsync(SqliteException fault, CancellationToken cancellationToken) =>
        StoreHealth.IsMoved(fault) && !_isSaved ? SaveAsync(cancellationToken) : Task.CompletedTask;

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var path = directory[$"{DataDirectory.Saved}{DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.db"];
        var unfinished = $"{path}.part";
        try
        {
            // The directory itself may be what was taken away.
            OwnerOnly.MakeDirectory(directory.Path);
            File.Delete(unfinished);
            if (await gate.TrySaveAsync(unfinished, cancellationToken))
            {
                File.Move(unfinished, path);
                health.SavedAs(path);
                _isSaved = true;
            }
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (!_isToldUnsaved)
            {
                LogUnsaved(logger, path, fault);
            }

            _isToldUnsaved = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "There was no time to look at the database's files")]
    private static partial void LogStuck(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was stored before the database was removed, moved or replaced can't be saved in {Path}; it is tried again every two seconds and at the end")]
    private static partial void LogUnsaved(ILogger logger, string path, Exception fault);
}
