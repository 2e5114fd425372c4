using System.Globalization;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>
/// Notices within seconds, even without any messages, that the database's files were removed, moved or replaced. Data that was answered 201
/// must not be lost with the process, so this service saves the files that are still open to a copy. It also notes beside the database
/// which message is the newest.
/// </summary>
internal sealed partial class StoreWatch(
    WriteGate gate, DataDirectory directory, StoreHealth health, ILogger<StoreWatch> log) : BackgroundService
{
    // Files belong to the machine, so this uses the machine's clock.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private bool _isSaved;
    private bool _isUnsavedLogged;
    private bool _isUnnotedLogged;

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
                health.ReportFault(fault);
                await SaveOnceAsync(fault, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The portal is ending, and whoever holds the gate is stuck in the store.
            LogStuck(log);
        }
    }

    private async Task<StoreFault?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await gate.EnterAsync(cancellationToken);
            await using var db = lease.CreateContext();
            Note(await db.Messages.MaxAsync(m => (long?)m.Id, cancellationToken) ?? 0);
            return null;
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            return fault;
        }
    }

    private void Note(long newestMessage)
    {
        try
        {
            directory.Note(newestMessage);
            _isUnnotedLogged = false;
        }
        catch (IOException fault)
        {
            if (!_isUnnotedLogged)
            {
                LogUnnoted(log, fault);
            }

            _isUnnotedLogged = true;
        }
    }

    private Task SaveOnceAsync(StoreFault fault, CancellationToken cancellationToken) =>
        fault.Kind is StoreFaultKind.Moved && !_isSaved ? SaveAsync(cancellationToken) : Task.CompletedTask;

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var path = directory[$"{DataDirectory.Saved}{DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.db"];
        var unfinished = $"{path}.part";
        try
        {
            // The directory itself may have been removed.
            OwnerOnly.MakeDirectory(directory.Path);
            File.Delete(unfinished);
            if (await gate.TrySaveAsync(unfinished, cancellationToken))
            {
                File.Move(unfinished, path);
                health.ReportCopy(path);
                _isSaved = true;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException || StoreFault.Of(fault) is not null)
        {
            if (!_isUnsavedLogged)
            {
                LogUnsaved(log, path, fault);
            }

            _isUnsavedLogged = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The database's files could not be checked in time")]
    private static partial void LogStuck(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's latest position could not be recorded in portal.lock. The portal retries every two seconds")]
    private static partial void LogUnnoted(ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The data stored before the database was removed, moved or replaced can't be saved in {Path}. The portal retries every two seconds and when it stops")]
    private static partial void LogUnsaved(ILogger log, string path, Exception fault);
}
