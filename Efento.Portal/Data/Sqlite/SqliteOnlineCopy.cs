using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Efento.Portal.Data.Sqlite;

/// <summary>
/// A copy of the open database that is made in steps through the writing connection. SQLite repeats in the copy whatever is written through
/// that connection between the steps, so the copying never begins anew and holds no old state: the log does not grow because of it.
/// </summary>
internal sealed class SqliteOnlineCopy : IDisposable
{
    private readonly SqliteConnection _copy;
    private readonly SqliteConnection _source;
    private readonly SQLitePCL.sqlite3_backup _backup;

    /// <param name="source">The writing connection. The caller holds the lease.</param>
    /// <param name="path">The new file.</param>
    /// <exception cref="SqliteException">It can't be opened.</exception>
    public SqliteOnlineCopy(SqliteConnection source, string path)
    {
        _source = source;
        _copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _copy.Open();
        try
        {
            // It is thrown away if it is not finished.
            SqliteDatabase.Run(_copy, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
            _backup = sqlite3_backup_init(_copy.Handle, "main", source.Handle, "main");
            if (_backup.IsInvalid)
            {
                SqliteException.ThrowExceptionForRC(sqlite3_extended_errcode(_copy.Handle), _copy.Handle);
            }
        }
        catch
        {
            _copy.Dispose();
            throw;
        }
    }

    /// <summary>How much is copied, from 0 to 1.</summary>
    public double Done =>
        sqlite3_backup_pagecount(_backup) is var all and > 0 ? 1 - ((double)sqlite3_backup_remaining(_backup) / all) : 0;

    /// <summary>Copies some pages. The caller holds the lease.</summary>
    /// <param name="connection">The writing connection. After a fault of the disk it may be another one than before.</param>
    /// <param name="pages">How many.</param>
    /// <returns>Whether there are more.</returns>
    /// <exception cref="SqliteException">They can't be read or written.</exception>
    public bool Step(SqliteConnection connection, int pages)
    {
        if (connection != _source)
        {
            throw new SqliteException("The database was opened anew while it was copied.", SQLITE_ABORT);
        }

        var code = sqlite3_backup_step(_backup, pages);
        if (code is not (SQLITE_OK or SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, null);
        }

        return code is SQLITE_OK;
    }

    /// <summary>Makes a single file of the copy, without a log beside it.</summary>
    public void Finish()
    {
        _backup.Dispose();
        SqliteDatabase.Run(_copy, "PRAGMA journal_mode = DELETE");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _backup.Dispose();
        _copy.Dispose();
    }
}
