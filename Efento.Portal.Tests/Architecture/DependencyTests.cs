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

    /// <summary>What keeps the data: apart from the rest of Data/, for it implements interfaces of features.</summary>
    private const string Provider = "Data.Sqlite";

    private static readonly string[] OfRoomsAbove =
    [
        "Access.LocationNames → Devices.Location",
        "Access.TokenIssuer → Devices.Gateway",
        "Access.UserChanges → Notifications.Push.PushDevice",
        "Alarms.Standing.PortalConditions → Ingest.Quarantine.QuarantineItem",
        "Arrivals.ArrivalCursors → Ingest.Ledger.Message",
        "Arrivals.ArrivalLedger → Ingest.Ledger.Message",
        "Arrivals.LedgerHold → Ingest.Ledger.Message",
        "Devices.GatewayDirectory → Ingest.Ledger.Message",
        "Devices.GatewayQuery → Ingest.Ledger.Message",
        "Devices.LoggerState → Maintenance.MaintenanceWindow",
        "Devices.ReturnQuery → Ingest.Ledger.Message",
        "Devices.SiteSummary → Maintenance.MaintenanceWindow",
        "Devices.UpcomingChange → Maintenance.MaintenanceWindow",
        "History.GatewayHistoryQuery → Maintenance.MaintenanceWindow",
    ];

    internal static readonly ArchUnitNET.Domain.Architecture Portal = new ArchLoader().LoadAssemblies(typeof(Program).Assembly).Build();

    public static TheoryData<string, string[]> AllowedFeatures => new()
    {
        { "Configuration", [] },
        { "Live", ["Configuration"] },
        { "Texts", [] },
        { "Export", [] },
        { "Data", ["Configuration", "Data.Sqlite"] },
        {
            "Alarms",
            ["Access", "Arrivals", "Backup", "Configuration", "Data", "Devices", "Export", "Live", "Maintenance", "Measurements", "ReadApi", "Texts"]
        },
        {
            "Notifications",
            ["Access", "Alarms", "Arrivals", "Backup", "Configuration", "Data", "Devices", "Live", "Maintenance", "Measurements", "ReadApi", "Texts"]
        },
        {
            "Outgoing",
            ["Access", "Arrivals", "Backup", "Configuration", "Data", "Devices", "Live", "Measurements", "Notifications", "ReadApi"]
        },
        { "Data.Sqlite", ["Backup", "Data", "Devices", "History", "Measurements", "Ingest"] },
        { "Arrivals", ["Data", "Configuration"] },
        { "Backup", ["Access", "Configuration", "Data", "Live", "Maintenance", "Texts"] },
        { "Transport", ["Configuration"] },
        { "Connections", ["Access", "Configuration"] },
        { "Access", ["Data", "Configuration", "Export", "Texts"] },
        { "ReadApi", [] },
        { "Measurements", ["Arrivals", "Data", "Configuration", "Access", "Live", "ReadApi", "Export"] },
        { "Devices", ["Data", "Configuration", "Access", "Measurements", "Live", "ReadApi", "Export"] },
        { "History", ["Arrivals", "Data", "Configuration", "Access", "Measurements", "Devices", "Live", "ReadApi", "Export"] },
        { "Maintenance", ["Data", "Configuration", "Access", "Live", "ReadApi", "Texts"] },
        { "Streaming", ["Configuration", "Access", "Devices", "Live", "Maintenance", "Measurements", "Texts"] },
        { "Telemetry", ["Access", "Alarms", "Configuration", "Data", "Devices", "Ingest", "Maintenance"] },
        { "Timeline", ["Data", "Access", "Devices", "History", "Measurements", "Maintenance", "Live"] },
        { "Ingest", ["Data", "Configuration", "Connections", "Access", "Arrivals", "Maintenance", "Devices", "History", "Measurements", "Live", "ReadApi", "Texts"] },
        {
            "CommandLine",
            [
                "Configuration", "Alarms", "Arrivals", "Backup", "Data", "Access", "Transport", "Devices", "History", "Ingest", "Maintenance", "Measurements",
                "Live", "Notifications", "Outgoing", "Texts",
            ]
        },
        { "Simulation", ["CommandLine", "Texts"] },
        { "Demo", ["Configuration", "Alarms", "Arrivals", "CommandLine", "Simulation", "Data", "Access", "Devices", "History", "Measurements", "Ingest", "Maintenance", "Notifications", "Texts"] },
        {
            "Components",
            [
                "Configuration", "Alarms", "Backup", "Data", "Access", "Connections", "Demo", "Devices", "Export", "History", "Ingest", "Live", "Maintenance",
                "Measurements", "Notifications", "Outgoing", "Streaming", "Texts", "Timeline", "Transport",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(AllowedFeatures))]
    public void Feature_DependsOn_AllowedFeaturesOnly(string feature, string[] allowed)
    {
        var forbidden =
            from use in Uses()
            where use.Source == feature && !allowed.Contains(use.Target)
            select use.Names;

        Assert.Contains(Portal.Types, type => FeatureOf(type) == feature);
        Assert.Empty(forbidden.Distinct());
    }

    /// <summary>A room reads its own tables and those of rooms below it; what reads others is named here.</summary>
    [Fact]
    public void Tables_OfRoomsAbove_AreReadByFewAndNamed()
    {
        var allowed = AllowedFeatures.ToDictionary(row => row.Data.Item1, row => row.Data.Item2);
        var entities = Entities().Select(entity => entity.FullName!).ToHashSet();
        var read =
            from type in Portal.Types
            let source = FeatureOf(type)
            where source is not (null or "Data" or "Data.Sqlite") && !type.FullName.Contains(".Migrations.")
            from target in type.GetTypeDependencies()
            where entities.Contains(target.FullName) && FeatureOf(target) is { } its && its != source && !allowed[source].Contains(its)
            select $"{type.FullName[Root.Length..]} → {target.FullName[Root.Length..]}";

        Assert.Equal(OfRoomsAbove, read.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Feature_EachOne_HasItsRule() => Assert.Empty(
        Portal.Types.Select(FeatureOf).OfType<string>().Except(AllowedFeatures.Select(row => row.Data.Item1)));

    /// <summary>Rooms that know each other are one room. Entities are the vocabulary of all.</summary>
    [Fact]
    public void Features_KnowEachOther_OneWayOnly()
    {
        var known = Uses().Select(use => (use.Source, use.Target)).ToHashSet();

        Assert.Empty(
            known.Where(pair => known.Contains((pair.Target, pair.Source)) && string.CompareOrdinal(pair.Source, pair.Target) < 0)
                .Where(pair => !pair.Target.StartsWith($"{pair.Source}.", StringComparison.Ordinal))
                .Select(pair => $"{pair.Source} ↔ {pair.Target}"));
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

    private static IEnumerable<(string Source, string Target, string Names)> Uses()
    {
        var shared = StoredTypes();
        return
            from type in Portal.Types
            let source = FeatureOf(type)
            where source is not null && !type.FullName.Contains(".Migrations.")
            from target in type.GetTypeDependencies()
            let its = FeatureOf(target)
            where its is not null && its != source && !shared.Contains(target.FullName)
            select (source, its, $"{type.FullName} → {target.FullName}");
    }

    /// <summary>Entities and what their columns are made of: the vocabulary that <c>Data</c> and neighbours may share.</summary>
    private static HashSet<string> StoredTypes()
    {
        using var db = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite("Data Source=:memory:").Options);
        return
        [
            .. Entities().Select(entity => entity.FullName!),
            .. db.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Select(p => p.ClrType.FullName!),
        ];
    }

    private static IReadOnlyList<System.Type> Entities()
    {
        using var db = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite("Data Source=:memory:").Options);
        return [.. db.Model.GetEntityTypes().Select(e => e.ClrType)];
    }

    private static string? FeatureOf(IType type)
    {
        var name = type.Namespace?.FullName ?? "";
        return !name.StartsWith(Root, StringComparison.Ordinal) ? null
            : name == Root + Provider || name.StartsWith($"{Root}{Provider}.", StringComparison.Ordinal) ? Provider
            : name[Root.Length..].Split('.')[0];
    }
}
