using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Inserts entities by one prepared statement, with the columns and conversions that EF Core knows.</summary>
internal sealed class SqliteBulkRows : IBulkRows
{
    /// <inheritdoc/>
    public void Insert<T>(PortalDbContext db, IEnumerable<T> rows)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        IProperty[] columns = [.. entity.GetProperties().Where(p => p.ValueGenerated is ValueGenerated.Never)];
        using var insert = new SqliteStatement(
            (SqliteConnection)db.Database.GetDbConnection(),
            $"INSERT INTO \"{entity.GetTableName()}\" ({Names(columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})");
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                Bind(insert, i + 1, ValueOf(columns[i], row));
            }

            insert.Execute();
        }
    }

    private static string Names(IEnumerable<IProperty> columns) => string.Join(", ", columns.Select(c => $"\"{c.GetColumnName()}\""));

    private static object? ValueOf(IProperty column, object row)
    {
        var value = column.PropertyInfo!.GetValue(row);
        return column.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }

    private static void Bind(SqliteStatement insert, int index, object? value)
    {
        switch (value)
        {
            case null:
                insert.Bind(index, (string?)null);
                break;
            case string text:
                insert.Bind(index, text);
                break;
            case byte[] bytes:
                insert.Bind(index, bytes);
                break;
            case double number:
                insert.Bind(index, number);
                break;
            default:
                insert.Bind(index, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
