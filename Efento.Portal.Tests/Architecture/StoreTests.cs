using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>
/// What keeps the data can be changed: everything that names it lies in a folder of its own
/// (docs/decisions/0107-the-store-behind-seams.md).
/// </summary>
public sealed partial class StoreTests
{
    private const string Provider = "Efento.Portal.Data.Sqlite";
    private const string Migrations = "Efento.Portal.Data.Migrations";

    [Fact]
    public void Sqlite_IsSpoken_InDataSqliteOnly()
    {
        Assert.Contains(
            DependencyTests.Portal.Types.Where(type => IsIn(type, Provider)), type => type.GetTypeDependencies().Any(IsOfSqlite));
        Assert.Empty(
            from type in DependencyTests.Portal.Types
            where !IsIn(type, Provider) && !IsIn(type, Migrations)
            from target in type.GetTypeDependencies()
            where IsOfSqlite(target)
            select $"{type.FullName} → {target.FullName}");
    }

    /// <summary>Features know the interfaces they named themselves, and Data/ the one place where the provider is chosen.</summary>
    [Fact]
    public void Provider_IsNamed_InDataOnly() => Assert.Empty(
        from type in DependencyTests.Portal.Types
        where IsIn(type, "Efento.Portal") && !IsIn(type, "Efento.Portal.Data")
        from target in type.GetTypeDependencies()
        where IsIn(target, Provider)
        select $"{type.FullName} → {target.FullName}");

    [Fact]
    public void Sql_Stands_InDataSqliteOnly()
    {
        var portal = RepositoryFiles.PathOf("Efento.Portal");
        string[] allowed = [Path.Combine(portal, "Data", "Sqlite"), Path.Combine(portal, "Data", "Migrations"), Path.Combine(portal, "obj"), Path.Combine(portal, "bin")];
        var sources = Directory.EnumerateFiles(portal, "*", SearchOption.AllDirectories).Where(
            file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal));

        Assert.Contains(
            sources.Where(file => file.StartsWith(allowed[0], StringComparison.Ordinal)), file =>
                RunsSql().IsMatch(File.ReadAllText(file)));
        Assert.Empty(
            from file in sources
            where !allowed.Any(folder => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            from Match found in RunsSql().Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(portal, file)}: {found.Value}");
    }

    private static bool IsIn(IType type, string space) =>
        type.Namespace?.FullName is { } name && (name == space || name.StartsWith(space + ".", StringComparison.Ordinal));

    private static bool IsOfSqlite(IType type) =>
        type.FullName.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
        || type.FullName.StartsWith("SQLitePCL", StringComparison.Ordinal)
        || type.FullName.StartsWith("Microsoft.EntityFrameworkCore.Sqlite", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(ExecuteSql\w*|FromSql\w*|SqlQuery\w*|CommandText|CreateCommand)\b")]
    private static partial Regex RunsSql();
}
