using Efento.Portal.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Tests.Data.Sqlite;

/// <summary>A statement that has ended is refused by SQLite, and freed memory is not read.</summary>
public sealed class SqliteStatementTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SqliteStatementTests() => _connection.Open();

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Read_Ended_IsRefused()
    {
        var statement = new SqliteStatement(_connection, "SELECT ?");
        statement.Bind(1, 7);
        Assert.True(statement.Read());
        Assert.Equal(7, statement.GetInt64(0));

        statement.Dispose();

        Assert.Equal(0, statement.Bind(1, 8).GetInt64(0));
        Assert.Throws<SqliteException>(() => statement.Read());
        Assert.Throws<SqliteException>(() => statement.Execute());
    }
}
