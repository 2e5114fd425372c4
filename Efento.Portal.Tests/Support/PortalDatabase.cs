using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Tests.Support;

/// <summary>Looks into a portal's database from outside, read-only.</summary>
public sealed class PortalDatabase(string dataDirectory)
{
    /// <summary>The database file.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataDirectory, "portal.db");

    /// <summary>Opens a connection that only reads; the caller disposes it.</summary>
    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly);

    /// <summary>The only value of the only row; numbers are long or double.</summary>
    public T Scalar<T>(string sql, params object[] parameters) =>
        (T)Convert.ChangeType(Assert.Single(Query(sql, parameters))[0]!, typeof(T));

    /// <summary>How many rows a table has.</summary>
    public long Count(string table) => Scalar<long>($"SELECT count(*) FROM {table}");

    /// <summary>Readings that queries would miss: their hour isn't listed among those their logger was heard in.</summary>
    public long Unlisted() => Scalar<long>(
        """
        SELECT count(*) FROM reading r JOIN series s ON s.id = r.series_id
        WHERE NOT EXISTS (SELECT 1 FROM logger_day d WHERE d.logger_id = s.logger_id AND d.day = r.measured_at / 86400000)
        """);

    /// <summary>The only row.</summary>
    public object?[] Row(string sql, params object[] parameters) => Assert.Single(Query(sql, parameters));

    /// <summary>Every row; NULL is null. Parameters are $0, $1, ….</summary>
    public IReadOnlyList<object?[]> Query(string sql, params object[] parameters)
    {
        using var connection = OpenReader();
        return Read(connection, sql, parameters);
    }

    /// <summary>Every row as text, columns separated by "|", NULL as an empty column.</summary>
    public IReadOnlyList<string> Lines(string sql, params object[] parameters) => [.. Query(sql, parameters).Select(TextOf)];

    /// <summary>The names of the tables.</summary>
    public IReadOnlyList<string> Tables() =>
        Lines("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");

    /// <summary>Every row of every table, to see whether anything was changed.</summary>
    public IReadOnlyList<string> Everything()
    {
        using var connection = OpenReader();
        return
        [
            .. from table in Tables()
               from row in Read(connection, $"SELECT * FROM \"{table}\"")
               select $"{table}: {TextOf(row)}",
        ];
    }

    /// <summary>Changes the database behind the portal's back, such as by a trigger that makes a write fail.</summary>
    public void Execute(string sql)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string TextOf(object?[] row) => string.Join('|', row.Select(
        value => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)));

    private static List<object?[]> Read(SqliteConnection connection, string sql, params object[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters.AddWithValue($"${i}", parameters[i]);
        }

        using var reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add([.. row.Select(value => value is DBNull ? null : value)]);
        }

        return rows;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ToString());
        connection.Open();
        return connection;
    }
}
