using System.Data.Common;
using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Maintenance;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Backup;

/// <summary>Makes a backup in the running portal: copies, writes, checks, notes it, and deletes those that need not be kept.</summary>
internal sealed partial class BackupRunner(
    BackupCopies copies, BackupMaker maker, BackupHistory history, BackupBoard board, SiteClock clock,
    IOptionsMonitor<BackupOptions> options, TimeProvider time, ILogger<BackupRunner> log) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Makes one in the directory of the settings.</summary>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="requestId">The record of the request for it; 0 if nobody asked for it.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <returns>Why there is none; null if there is one.</returns>
    public async Task<BackupFault?> RunAsync(Actor actor, int requestId, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return new(BackupFaultKind.Busy);
        }

        try
        {
            return await RunAtTurnAsync(actor, requestId, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<BackupFault?> RunAtTurnAsync(Actor actor, int requestId, CancellationToken cancellationToken)
    {
        var its = options.CurrentValue;
        var (to, begun) = (Path.GetFullPath(its.Directory!), time.GetUtcNow());
        var result = await MakeAsync(its, to, begun, cancellationToken);
        if (result.Fault is { Kind: BackupFaultKind.Busy })
        {
            return result.Fault;
        }

        if (result.Made is { } made)
        {
            LogMade(log, made.Path, made.Bytes);
            await TidyAsync(its, to, cancellationToken);
        }
        else
        {
            LogFailed(log, BackupWords.Of(result.Fault!));
        }

        await history.AddAsync(RecordOf(result, to, actor.Name, begun, time.GetUtcNow()), requestId, cancellationToken);
        return result.Fault;
    }

    /// <summary>What is noted of a backup.</summary>
    internal static BackupRecord RecordOf(
        BackupResult result, string to, string by, DateTimeOffset begunUtc, DateTimeOffset endedUtc) => new()
        {
            BegunUtc = begunUtc,
            CheckedUtc = result.Made is null ? null : endedUtc,
            Path = result.Made?.Path ?? to,
            Bytes = result.Made?.Bytes ?? 0,
            IsEncrypted = result.Made?.Manifest.HasSecrets ?? false,
            Fault = result.Fault?.Kind,
            Detail = result.Fault?.Detail,
            By = by,
        };

    private async Task<BackupResult> MakeAsync(BackupOptions its, string to, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        try
        {
            var passphrase = its.PassphraseFile is { } file ? Passphrase.ReadFrom(file) : null;
            if (!Directory.Exists(to))
            {
                return new(null, new(BackupFaultKind.Unwritable, to));
            }

            using var copy = await copies.OfRunningAsync(
                new Told<double>(done => board.Set(new(begun, BackupStep.Copying, done))), cancellationToken);
            return await maker.MakeAsync(
                copy, time.GetUtcNow(), to, passphrase, new Told<BackupStep>(step => board.Set(new(begun, step, 1))), cancellationToken);
        }
        catch (Exception thrown) when (BackupFaults.Of(thrown) is { } fault)
        {
            return new(null, fault);
        }
        finally
        {
            board.Set(null);
        }
    }

    /// <summary>Deletes the backups that are older than those kept. Only those have dated names that were checked.</summary>
    private async Task TidyAsync(BackupOptions its, string directory, CancellationToken cancellationToken)
    {
        try
        {
            var zone = await clock.ReadZoneAsync(cancellationToken);
            var all = Directory.EnumerateFiles(directory).Select(path => (Path: path, MadeUtc: BackupPaths.TimeOf(path)))
                .Where(backup => backup.MadeUtc is not null).ToList();
            var kept = BackupRetention.Kept(
                all.Select(backup => backup.MadeUtc!.Value), new(its.KeepDaily, its.KeepWeekly, its.KeepMonthly), zone);
            foreach (var (path, _) in all.Where(backup => !kept.Contains(backup.MadeUtc!.Value)))
            {
                File.Delete(path);
                LogDeleted(log, path);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogKept(log, fault.Message);
        }
    }

    /// <summary>Unlike the framework's, it tells at once and in order.</summary>
    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup written and checked: {Path}, {Bytes} bytes")]
    private static partial void LogMade(ILogger log, string path, long bytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "No backup was made. {Why}")]
    private static partial void LogFailed(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup deleted, because newer ones are kept: {Path}")]
    private static partial void LogDeleted(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Older backups could not be deleted: {Why}")]
    private static partial void LogKept(ILogger log, string why);
}
