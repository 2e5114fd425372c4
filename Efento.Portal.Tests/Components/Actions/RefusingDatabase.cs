using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>Some changes of some tables fail until it is disposed.</summary>
internal sealed class RefusingDatabase : IDisposable
{
    private readonly PortalDatabase _database;
    private readonly IReadOnlyList<(string Table, string Change)> _refused;

    public RefusingDatabase(PortalDatabase database, IReadOnlyList<string> changes, IEnumerable<string> tables)
    {
        _database = database;
        _refused = [.. tables.SelectMany(table => changes.Select(change => (table, change)))];
        Execute(
            (table, change) =>
                $"CREATE TRIGGER no_{change}_{table} BEFORE {change} ON \"{table}\" BEGIN SELECT RAISE(ABORT, 'refused'); END;");
    }

    /// <inheritdoc/>
    public void Dispose() => Execute((table, change) => $"DROP TRIGGER no_{change}_{table};");

    private void Execute(Func<string, string, string> sql) =>
        _database.Execute(string.Concat(_refused.Select(refused => sql(refused.Table, refused.Change))));
}
