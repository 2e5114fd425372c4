using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Architecture;

/// <summary>The dependency rule of docs/architecture.md.</summary>
public sealed class DependencyTests
{
    private const string Root = "Efento.Portal.";
    private static readonly ArchUnitNET.Domain.Architecture Portal = new ArchLoader().LoadAssemblies(typeof(Program).Assembly).Build();

    public static TheoryData<string, string[]> AllowedFeatures => new()
    {
        { "Live", ["Configuration"] },
        { "Texts", [] },
        { "Export", [] },
        { "Data", ["Configuration"] },
        { "Transport", ["Configuration"] },
        { "Connections", ["Access", "Configuration"] },
        { "Access", ["Data", "Configuration", "Export", "Texts"] },
        { "ReadApi", [] },
        { "Devices", ["Data", "Configuration", "Access", "Measurements", "Live", "ReadApi"] },
        { "Measurements", ["Data", "Configuration", "Access", "Devices", "Live", "ReadApi", "Export"] },
        { "Maintenance", ["Data", "Configuration", "Access", "Live", "ReadApi", "Texts"] },
        { "Streaming", ["Access", "Devices", "Live", "Maintenance", "Measurements"] },
        { "Timeline", ["Data", "Access", "Devices", "Measurements", "Maintenance", "Live"] },
        { "Ingest", ["Data", "Configuration", "Connections", "Access", "Maintenance", "Devices", "Measurements", "Alarms", "Live", "ReadApi", "Texts"] },
        { "Simulation", ["CommandLine"] },
        { "Demo", ["Configuration", "CommandLine", "Simulation", "Data", "Access", "Devices", "Measurements", "Ingest", "Maintenance"] },
    };

    [Theory]
    [MemberData(nameof(AllowedFeatures))]
    public void Feature_DependsOn_AllowedFeaturesOnly(string feature, string[] allowed)
    {
        var shared = StoredTypes();
        var forbidden =
            from type in Portal.Types
            where FeatureOf(type) == feature && !type.FullName.Contains(".Migrations.")
            from target in type.GetTypeDependencies()
            let targetFeature = FeatureOf(target)
            where targetFeature is not null && targetFeature != feature && !allowed.Contains(targetFeature)
            where !shared.Contains(target.FullName)
            select $"{type.FullName} → {target.FullName}";

        Assert.Contains(Portal.Types, type => FeatureOf(type) == feature);
        Assert.Empty(forbidden.Distinct());
    }

    [Fact]
    public void MudBlazor_IsNamed_InComponentsOnly()
    {
        var offenders =
            from type in Portal.Types
            where FeatureOf(type) is { } feature && feature != "Components"
            from target in type.GetTypeDependencies()
            where target.FullName.StartsWith("MudBlazor", StringComparison.Ordinal) || FeatureOf(target) == "Components"
            select $"{type.FullName} → {target.FullName}";

        Assert.Empty(offenders.Distinct());
    }

    [Fact]
    public void Live_Knows_NeitherEntityFrameworkNorBlazor()
    {
        var offenders =
            from type in Portal.Types
            where FeatureOf(type) == "Live"
            from target in type.GetTypeDependencies()
            where target.FullName.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
                || target.FullName.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal)
            select $"{type.FullName} → {target.FullName}";

        Assert.Empty(offenders.Distinct());
    }

    [Fact]
    public void Model_HasNoChange_WithoutItsMigration()
    {
        using var db = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite("Data Source=:memory:").Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    /// <summary>Entities and what their columns are made of: the vocabulary that <c>Data</c> and neighbours may share.</summary>
    private static HashSet<string> StoredTypes()
    {
        using var db = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite("Data Source=:memory:").Options);
        var entities = db.Model.GetEntityTypes().ToList();
        return
        [
            .. entities.Select(e => e.ClrType.FullName!),
            .. entities.SelectMany(e => e.GetProperties()).Select(p => p.ClrType.FullName!),
        ];
    }

    private static string? FeatureOf(IType type)
    {
        var name = type.Namespace?.FullName ?? "";
        return name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..].Split('.')[0] : null;
    }
}
