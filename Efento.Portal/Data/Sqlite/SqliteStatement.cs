using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Efento.Portal.Data.Sqlite;

/// <summary>
/// A prepared statement that calls SQLite directly, for the ingest path, where <see cref="SqliteCommand"/> costs more per row than the
/// insert itself (docs/decisions/0004-statements-on-the-hot-path.md). Parameters are numbered from 1.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;
    private readonly nint _database;
    private nint _handle;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _db = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        SqliteException.ThrowExceptionForRC(sqlite3_prepare_v2(_db, sql, out _statement), _db);
        (_database, _handle) = (_db.DangerousGetHandle(), _statement.DangerousGetHandle());
    }

    public SqliteStatement Bind(int index, long value)
    {
        _ = SqliteNative.BindInt64(_handle, index, value);
        return this;
    }

    public SqliteStatement Bind(int index, double? value)
    {
        _ = value is { } number ? SqliteNative.BindDouble(_handle, index, number) : SqliteNative.BindNull(_handle, index);
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        _ = value is { } number ? SqliteNative.BindInt64(_handle, index, number) : SqliteNative.BindNull(_handle, index);
        return this;
    }

    public SqliteStatement Bind(int index, bool? value) => Bind(index, value is { } given ? Convert.ToInt64(given) : (long?)null);

    public SqliteStatement Bind(int index, string? value)
    {
        _ = value is null ? sqlite3_bind_null(_statement, index) : sqlite3_bind_text(_statement, index, value);
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        _ = value.IsEmpty ? sqlite3_bind_zeroblob(_statement, index, 0) : sqlite3_bind_blob(_statement, index, value);
        return this;
    }

    /// <summary>Runs the statement and returns the number of changed rows.</summary>
    /// <exception cref="SqliteException">It failed; the transaction contains nothing of it.</exception>
    public int Execute()
    {
        var code = SqliteNative.Step(_handle);
        if (code is SQLITE_DONE or SQLITE_ROW)
        {
            var changed = SqliteNative.Changes(_database);
            _ = SqliteNative.Reset(_handle);
            return changed;
        }

        throw Failed();
    }

    /// <summary>Moves to the next row. The first call runs the statement. After the last row the statement can be run again.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Read()
    {
        switch (SqliteNative.Step(_handle))
        {
            case SQLITE_ROW:
                return true;
            case SQLITE_DONE:
                _ = SqliteNative.Reset(_handle);
                return false;
            default:
                throw Failed();
        }
    }

    /// <summary>Ends the statement before the last row.</summary>
    public void Reset() => _ = SqliteNative.Reset(_handle);

    public long GetInt64(int column) => SqliteNative.ColumnInt64(_handle, column);

    public double? GetDouble(int column) =>
        SqliteNative.ColumnType(_handle, column) == SQLITE_NULL ? null : SqliteNative.ColumnDouble(_handle, column);

    public long? GetInt64OrNull(int column) =>
        SqliteNative.ColumnType(_handle, column) == SQLITE_NULL ? null : SqliteNative.ColumnInt64(_handle, column);

    public bool? GetBoolean(int column) => GetInt64OrNull(column) is { } number ? number != 0 : null;

    public byte[] GetBytes(int column) => sqlite3_column_blob(_statement, column).ToArray();

    /// <summary>Ends it for good. SQLite refuses no handle at all as misuse; a freed one it would read.</summary>
    public void Dispose()
    {
        _handle = 0;
        _statement.Dispose();
    }

    private SqliteException Failed()
    {
        var extended = sqlite3_extended_errcode(_db);
        var message = sqlite3_errmsg(_db).utf8_to_string();
        _ = SqliteNative.Reset(_handle);
        return new SqliteException(message, extended & 0xff, extended);
    }
}
