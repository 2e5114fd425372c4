using System.Diagnostics;
using Efento.Portal.Backup;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Copies of the database, and looks into them.</summary>
internal sealed class SqliteBackupStore(SqliteDatabase database, WriteGate gate) : IBackupStore
{
    /// <summary>512 KiB: about a millisecond, and less than what a batch of messages takes.</summary>
    private const int PagesAtATime = 128;

    /// <summary>A pause after each step is so many times as long as the step: ingest keeps most of the disk and of the gate.</summary>
    private const int PauseForStep = 3;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    private static readonly DateOnly FirstDay = DateOnly.FromDateTime(DateTime.UnixEpoch);

    /// <inheritdoc/>
    public long Size => LengthOf(database.Path) + LengthOf($"{database.Path}-wal");

    /// <inheritdoc/>
    public async Task CopyAsync(string path, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var copy = await BeginAsync(path, cancellationToken);
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            if (!await StepAsync(copy, cancellationToken))
            {
                break;
            }

            progress?.Report(copy.Done);
            var pause = Stopwatch.GetElapsedTime(began) * PauseForStep;

            // The machine's own clock: the pause is for the disk.
            await Task.Delay(pause > ShortestPause ? pause : ShortestPause, TimeProvider.System, cancellationToken);
        }

        copy.Finish();
    }

    /// <inheritdoc/>
    public void CopyStopped(string path)
    {
        using var source = database.OpenBesideWriter();
        database.Copy(source, path);
    }

    /// <inheritdoc/>
    public void LeaveOutSecrets(string path)
    {
        using var copy = OpenCopy(path, SqliteOpenMode.ReadWrite);
        SqliteDatabase.Run(copy, "PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON");
        foreach (var (table, column) in Secrets.Where(secret => Has(copy, secret.Table)))
        {
            // Something stays that can't be decrypted: nothing at all would look like a channel that needs no secret.
            SqliteDatabase.Run(copy, $"UPDATE {table} SET {column} = 'left out' WHERE {column} IS NOT NULL");
        }
    }

    /// <inheritdoc/>
    public string? Damage(string path)
    {
        using var copy = OpenCopy(path);
        var found = Texts(copy, "PRAGMA integrity_check(10)");
        return found is ["ok"] ? null : string.Join("; ", found);
    }

    /// <inheritdoc/>
    public DatabaseFigures Measure(string path)
    {
        using var copy = OpenCopy(path);
        return new(
            Texts(copy, "SELECT max(\"MigrationId\") FROM \"__EFMigrationsHistory\"")[0],
            Number(copy, "SELECT ifnull(max(id), 0) FROM message"), 0, "")
        {
            Tables = Names(copy).ToDictionary(name => name, name => Number(copy, $"SELECT count(*) FROM \"{name}\""), StringComparer.Ordinal),
            Days = [.. Days(copy)],
        };
    }

    /// <inheritdoc/>
    public bool Knows(string lastMigration)
    {
        using var none = new SqliteConnection();
        using var db = database.CreateContext(none);
        return db.Database.GetMigrations().Contains(lastMigration, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public IDbContextFactory<PortalDbContext> Open(string path) => new Contexts(Address(path, SqliteOpenMode.ReadOnly));

    /// <summary>What is encrypted with the portal's keys.</summary>
    private static IReadOnlyList<(string Table, string Column)> Secrets =>
        [("notification_channel", "secrets"), ("notification_watching", "call_address"), ("push_identity", "private_key")];

    private async Task<SqliteOnlineCopy> BeginAsync(string path, CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        return new SqliteOnlineCopy((SqliteConnection)lease.Connection, path);
    }

    private async Task<bool> StepAsync(SqliteOnlineCopy copy, CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        return copy.Step((SqliteConnection)lease.Connection, PagesAtATime);
    }

    /// <summary>Day by day along the key of readings: grouped by an expression, all readings would be sorted first.</summary>
    private static IEnumerable<DayOfReadings> Days(SqliteConnection copy)
    {
        using var next = new SqliteStatement(copy, "SELECT min(quarter) FROM reading WHERE quarter >= ?1");
        using var day = new SqliteStatement(copy, "SELECT count(*), total(value) FROM reading WHERE quarter >= ?1 AND quarter < ?2");
        for (var from = long.MinValue; ;)
        {
            next.Bind(1, from).Read();
            if (next.GetInt64OrNull(0) is not { } quarter)
            {
                yield break;
            }

            next.Reset();
            var number = Quarters.DayOf(quarter);
            from = (number + 1) * Quarters.PerDay;
            day.Bind(1, number * Quarters.PerDay).Bind(2, from).Read();
            var sums = new DayOfReadings(FirstDay.AddDays((int)number), day.GetInt64(0), day.GetDouble(1) ?? 0);
            day.Reset();
            yield return sums;
        }
    }

    private static IReadOnlyList<string> Names(SqliteConnection copy) =>
        Texts(copy, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");

    private static bool Has(SqliteConnection copy, string table) => Names(copy).Contains(table, StringComparer.Ordinal);

    private static long Number(SqliteConnection copy, string sql)
    {
        using var statement = new SqliteStatement(copy, sql);
        return statement.Read() ? statement.GetInt64(0) : 0;
    }

    private static IReadOnlyList<string> Texts(SqliteConnection copy, string sql)
    {
        using var command = copy.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> texts = [];
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private static SqliteConnection OpenCopy(string path, SqliteOpenMode mode = SqliteOpenMode.ReadOnly)
    {
        var connection = new SqliteConnection(Address(path, mode));
        connection.Open();
        return connection;
    }

    private static string Address(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;

    private sealed class Contexts(string address) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() =>
            new(SqliteDatabase.AddTextComparisons(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite(address)).Options);
    }
}
