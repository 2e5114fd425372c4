using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;

namespace Efento.Portal.Backup;

/// <summary>Looks into a copy of the database: what it holds, and whether it is whole.</summary>
internal sealed class ContentCheck(IBackupStore store, IDatabase database)
{
    /// <summary>What a copy holds.</summary>
    /// <exception cref="BackupStoppedException">Its audit trail is broken.</exception>
    /// <exception cref="System.Data.Common.DbException">It can't be read.</exception>
    public async Task<DatabaseFigures> MeasureAsync(string path, CancellationToken cancellationToken)
    {
        var figures = await Background.RunAsync(() => store.Measure(path), cancellationToken);
        var chain = await new AuditVerifier(store.Open(path), database).VerifyAsync(cancellationToken: cancellationToken);
        return chain.Fault is { } fault
            ? throw new BackupStoppedException(new(BackupFaultKind.Audit, AccessWords.Of(fault)))
            : figures with { AuditCount = chain.Count, AuditHead = chain.Head };
    }

    /// <summary>What is wrong with a copy that was restored; null if it holds what it should.</summary>
    /// <param name="path">The copy.</param>
    /// <param name="expected">What it should hold.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="BackupStoppedException">Its audit trail is broken.</exception>
    /// <exception cref="System.Data.Common.DbException">It can't be read.</exception>
    public async Task<BackupFault?> FaultAsync(string path, DatabaseFigures expected, CancellationToken cancellationToken)
    {
        if (await Background.RunAsync(() => store.Damage(path), cancellationToken) is { } damage)
        {
            return new(BackupFaultKind.Integrity, damage);
        }

        var found = await MeasureAsync(path, cancellationToken);
        return OtherTable(expected, found) is { } table ? new(BackupFaultKind.Counts, table)
            : OtherDay(expected, found) is { } day ? new(BackupFaultKind.Sums, day.ToString("O", CultureInfo.InvariantCulture))
            : (found.AuditCount, found.AuditHead) != (expected.AuditCount, expected.AuditHead)
            ? new(BackupFaultKind.Audit, expected.AuditHead)
            : (found.LastMigration, found.NewestMessage) != (expected.LastMigration, expected.NewestMessage)
            ? new(BackupFaultKind.Counts, "message")
            : null;
    }

    private static string? OtherTable(DatabaseFigures expected, DatabaseFigures found) =>
        expected.Tables.Keys.Union(found.Tables.Keys).Order(StringComparer.Ordinal)
            .FirstOrDefault(name => expected.Tables.GetValueOrDefault(name, -1) != found.Tables.GetValueOrDefault(name, -1));

    private static DateOnly? OtherDay(DatabaseFigures expected, DatabaseFigures found)
    {
        var other = expected.Days.Except(found.Days).Concat(found.Days.Except(expected.Days)).MinBy(day => day.Day);
        return other?.Day;
    }
}
