using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Efento.Portal.Data;

/// <summary>
/// A prepared statement of the ingest path, straight on SQLite: <see cref="SqliteCommand"/> costs more per row than the insert itself
/// (docs/decisions/0004-statements-on-the-hot-path.md). Parameters are numbered from 1.
/// </summary>
public sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _db = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        SqliteException.ThrowExceptionForRC(sqlite3_prepare_v2(_db, sql, out _statement), _db);
    }

    public SqliteStatement Bind(int index, long value)
    {
        sqlite3_bind_int64(_statement, index, value);
        return this;
    }

    public SqliteStatement Bind(int index, double? value)
    {
        _ = value is { } number ? sqlite3_bind_double(_statement, index, number) : sqlite3_bind_null(_statement, index);
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        _ = value is { } number ? sqlite3_bind_int64(_statement, index, number) : sqlite3_bind_null(_statement, index);
        return this;
    }

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

    /// <summary>Runs the statement and says how many rows it changed.</summary>
    /// <exception cref="SqliteException">It failed; nothing of it is in the transaction.</exception>
    public int Execute()
    {
        var code = sqlite3_step(_statement);
        if (code is SQLITE_DONE or SQLITE_ROW)
        {
            var changed = sqlite3_changes(_db);
            sqlite3_reset(_statement);
            return changed;
        }

        throw Failed();
    }

    /// <summary>Goes to the next row; the first call runs the statement. After the last row it is ready to be run again.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Read()
    {
        switch (sqlite3_step(_statement))
        {
            case SQLITE_ROW:
                return true;
            case SQLITE_DONE:
                sqlite3_reset(_statement);
                return false;
            default:
                throw Failed();
        }
    }

    /// <summary>Ends reading before the last row.</summary>
    public void Reset() => sqlite3_reset(_statement);

    public long GetInt64(int column) => sqlite3_column_int64(_statement, column);

    public double? GetDouble(int column) =>
        sqlite3_column_type(_statement, column) == SQLITE_NULL ? null : sqlite3_column_double(_statement, column);

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private SqliteException Failed()
    {
        var extended = sqlite3_extended_errcode(_db);
        var message = sqlite3_errmsg(_db).utf8_to_string();
        sqlite3_reset(_statement);
        return new SqliteException(message, extended & 0xff, extended);
    }
}
