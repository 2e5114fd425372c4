using System.Text.RegularExpressions;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Access.Screens;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Arrivals;
using Efento.Portal.Backup;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Notifications.Push;
using Efento.Portal.Notifications.Watching;
using Efento.Portal.Outgoing.HomeAssistant;
using Efento.Portal.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Efento.Portal.Data;

/// <summary>
/// All tables of the portal except the readings, which <see cref="IReadingStore"/> owns.
/// Contexts from the factory only read; to write, see <see cref="WriteGate"/>.
/// </summary>
public sealed partial class PortalDbContext(DbContextOptions<PortalDbContext> options) : DbContext(options)
{
    public DbSet<GatewayToken> GatewayTokens => Set<GatewayToken>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<TokenHeader> TokenHeaders => Set<TokenHeader>();
    public DbSet<User> Users => Set<User>();
    public DbSet<Preferences> Preferences => Set<Preferences>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<Screen> Screens => Set<Screen>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<Refusal> Refusals => Set<Refusal>();
    public DbSet<Logger> Loggers => Set<Logger>();
    public DbSet<LoggerChange> LoggerChanges => Set<LoggerChange>();
    public DbSet<SynchroniseChange> SynchroniseChanges => Set<SynchroniseChange>();
    public DbSet<Location> Locations => Set<Location>();
    public DbSet<MeasuringPoint> MeasuringPoints => Set<MeasuringPoint>();
    public DbSet<LoggerAssignment> LoggerAssignments => Set<LoggerAssignment>();
    public DbSet<PointNote> PointNotes => Set<PointNote>();
    public DbSet<Gateway> Gateways => Set<Gateway>();
    public DbSet<Heartbeat> Heartbeats => Set<Heartbeat>();
    public DbSet<Series> Series => Set<Series>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<ArrivalCursor> ArrivalCursors => Set<ArrivalCursor>();
    public DbSet<ClockCorrection> ClockCorrections => Set<ClockCorrection>();
    public DbSet<ClockState> ClockStates => Set<ClockState>();

    /// <summary>Losses that were found at a start.</summary>
    public DbSet<StoreLoss> StoreLosses => Set<StoreLoss>();
    public DbSet<QuarantineItem> QuarantineItems => Set<QuarantineItem>();
    public DbSet<KeptBody> KeptBodies => Set<KeptBody>();
    public DbSet<SeenShape> SeenShapes => Set<SeenShape>();
    public DbSet<AlarmRule> AlarmRules => Set<AlarmRule>();
    public DbSet<PointPlace> PointPlaces => Set<PointPlace>();
    public DbSet<Alarm> Alarms => Set<Alarm>();
    public DbSet<AlarmEvent> AlarmEvents => Set<AlarmEvent>();
    public DbSet<AlarmStart> AlarmStarts => Set<AlarmStart>();
    public DbSet<AlarmWord> AlarmWords => Set<AlarmWord>();
    public DbSet<NotificationChannel> NotificationChannels => Set<NotificationChannel>();
    public DbSet<NotificationRecipient> NotificationRecipients => Set<NotificationRecipient>();
    public DbSet<NotificationRota> NotificationRotas => Set<NotificationRota>();
    public DbSet<NotificationChain> NotificationChains => Set<NotificationChain>();
    public DbSet<Drill> Drills => Set<Drill>();
    public DbSet<DrillConfirmation> DrillConfirmations => Set<DrillConfirmation>();
    public DbSet<NotificationWatching> NotificationWatchings => Set<NotificationWatching>();
    public DbSet<ChannelHealth> ChannelHealths => Set<ChannelHealth>();
    public DbSet<PushDevice> PushDevices => Set<PushDevice>();
    public DbSet<PushIdentity> PushIdentities => Set<PushIdentity>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<AnnouncedFeed> AnnouncedFeeds => Set<AnnouncedFeed>();
    public DbSet<MaintenanceWindow> MaintenanceWindows => Set<MaintenanceWindow>();
    public DbSet<PortalPlace> PortalPlaces => Set<PortalPlace>();
    public DbSet<BackupRecord> BackupRecords => Set<BackupRecord>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    /// <summary>Times are stored as Unix ms, which are sortable and the same in every provider.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    private static string SnakeCase(string name) => Hump().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Hump();

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));
}
