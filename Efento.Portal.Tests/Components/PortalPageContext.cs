using System.Net;
using System.Security.Claims;
using Bunit.TestDoubles;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Access.Screens;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Arrivals;
using Efento.Portal.Backup;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Pages.Admin.Rules;
using Efento.Portal.Components.Pages.Compare;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Components.People;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Notifications.Ledger;
using Efento.Portal.Notifications.Push;
using Efento.Portal.Notifications.Watching;
using Efento.Portal.Outgoing;
using Efento.Portal.Tests.Support;
using Efento.Portal.Timeline;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Components;

/// <summary>A page with a real portal behind it, whose clock the test moves.</summary>
public abstract class PortalPageContext : PageContext, IAsyncLifetime
{
    /// <summary>The portal's clock.</summary>
    public FakeTimeProvider Time { get; protected init; } = new(Some.Start);

    /// <summary>What the pages ask.</summary>
    protected QueryCounter Queries { get; } = new();

    /// <summary>The portal behind the pages.</summary>
    public PortalUnderTest Portal { get; private set; } = null!;

    /// <summary>The circuit's browser.</summary>
    protected BrowserPresence Browser { get; } = new();

    /// <summary>Whoever looks; an administrator unless the test says otherwise.</summary>
    protected BunitAuthorizationContext Person { get; private set; } = null!;

    /// <summary>The portal's time to the second.</summary>
    protected DateTimeOffset Now => Some.Now(Time);

    /// <summary>The portal's settings.</summary>
    protected virtual Dictionary<string, string> Settings => [];

    /// <summary>What a class of tests arranges once the portal is there.</summary>
    protected virtual void Arrange()
    {
    }

    /// <summary>Gives the portal; one of the context's own unless it says otherwise.</summary>
    protected virtual Task<PortalUnderTest> StartPortalAsync() =>
        PortalUnderTest.StartAsync(new()
        {
            Time = Time,
            Settings = Settings,
            Customise = builder =>
            {
                Queries.AddTo(builder);
                BackgroundWatch.RemoveFrom(builder);
            },
        });

    /// <summary>Ends the portal, if it is the context's own.</summary>
    protected virtual ValueTask StopPortalAsync() => Portal.DisposeAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Portal = await StartPortalAsync();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(Browser);
        Services.AddSingleton<ServerAddresses>(new KnownAddresses(Portal.Get<IServer>()));
        Take<LiveFeed>();
        Take<LocationDirectory>();
        Take<SiteScopes>();
        Take<LocationDecisions>();
        Take<PointPlacement>();
        Take<PlacedPoints>();
        Take<LoggerQuery>();
        Take<GatewayQuery>();
        Take<GatewayHistoryQuery>();
        Take<GatewayNaming>();
        Take<GatewayRetirement>();
        Take<LastDayQuery>();
        Take<OverviewPictures>();
        Take<PeopleQuery>();
        Take<PointQuery>();
        Take<RangeQuery>();
        Take<TableQuery>();
        Take<TogetherQuery>();
        Take<ComparisonQuery>();
        Take<DeviceQuery>();
        Take<EventQuery>();
        Take<NoteService>();
        Take<LedgerQuery>();
        Take<OtherAlarms>();
        Take<AlarmQuery>();
        Take<AlarmActions>();
        Take<AlarmPeople>();
        Take<AlarmWordList>();
        Take<BackupBoard>();
        Take<BackupRequests>();
        Take<BackupHistory>();
        Take<BackupPlans>();
        Take<HoldService>();
        Take<SendHold>();
        Take<MaintenanceMode>();
        Take<MaintenanceLog>();
        Take<SiteClock>();
        Take<ReturnQuery>();
        Take<IngestFaults>();
        Take<StoreHealth>();
        Take<ClockAcceptance>();
        Take<StoreLosses>();
        Take<ClockGuard>();
        Take<RefusalCounter>();
        Take<QuarantineQuery>();
        Take<QuarantineReader>();
        Take<QuarantineDiscard>();
        Take<GatewayRefusals>();
        Take<TokenIssuer>();
        Take<TokenDirectory>();
        Take<TokenUses>();
        Take<RuleService>();
        Take<RuleSiteReader>();
        Take<RulePreview>();
        Take<NotificationEdits>();
        Take<DeadManBoard>();
        Take<DrillQuery>();
        Take<DrillService>();
        Take<NotificationDirectory>();
        Take<NotificationPreview>();
        Take<OwnQuietHours>();
        Take<OwnDevices>();
        Take<ScreenDirectory>();
        Take<ScreenLinks>();
        Take<TokenTraffic>();
        Take<NotificationDirectory>();
        Take<ChannelBoard>();
        Take<ChannelDecisions>();
        Take<ChannelProbe>();
        Take<DeliveryQuery>();
        Take<DeliveryReplay>();
        Take<FeedControl>();
        Take<GatewayDirectory>();
        Take<PointHistory>();
        Take<FreePoints>();
        Take<SynchroniseSwitch>();
        Take<LoggerAdmission>();
        Take<Retirement>();
        Take<PointNaming>();
        Take<LoggerReplacement>();
        Take<IOptionsMonitor<IngestOptions>>();
        Take<IDbContextFactory<PortalDbContext>>();
        Services.AddHttpContextAccessor();
        Services.AddScoped<CurrentPerson>();
        Services.AddScoped<ViewPreferences>();
        Services.AddScoped<PageLinks>();
        Take<PublicAddress>();
        Take<SiteSettings>();
        Take<AddressChecks>();
        Take<PeopleDirectory>();
        Take<OwnPreferences>();
        Person = AddAuthorization();
        Person.SetAuthorized(PortalUnderTest.AdminEmail);
        Person.SetPolicies([.. Policies.Roles.Keys]);
        Person.SetClaims(new Claim(ClaimTypes.Name, PortalUnderTest.AdminEmail), new Claim(ClaimTypes.NameIdentifier, "1"));
        Take<AuditQuery>();
        Take<AuditVerifier>();
        Arrange();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    /// <summary>Sends measurements as a gateway does.</summary>
    protected async Task MeasureAsync(params IEnumerable<string> records)
    {
        Assert.Equal(201, (await Portal.Client.MeasureAsync(Some.Body(records))).Status);
        await JudgeAsync();
    }

    /// <summary>Waits until a page shows a change, while the time passes in which pages take several changes as one.</summary>
    protected Task UntilShownAsync(Func<bool> isShown) => Until.TrueAsync(() =>
    {
        Time.Advance(TimeSpan.FromMilliseconds(250));
        return isShown();
    });

    /// <summary>Sends a heartbeat as a gateway does.</summary>
    protected async Task BeatAsync(string serial, long uptimeSeconds = 3600)
    {
        Assert.Equal(201, (await Portal.Client.BeatAsync(Some.Heartbeat(serial, uptimeSeconds))).Status);
        await JudgeAsync();
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        await DisposeComponentsAsync();
        await StopPortalAsync();
        Browser.Dispose();
        await base.DisposeAsyncCore();
    }

    /// <summary>Gives the pages a service of the portal.</summary>
    protected void Take<T>()
        where T : class => Services.AddSingleton(Portal.Get<T>());

    /// <summary>Lets what arrived be judged, so that what is asked for it is not counted as asked by a page.</summary>
    private Task JudgeAsync() => Portal.Get<ArrivalFeed>().DeliverAsync(Portal.Get<AlarmEvaluator>());

    private sealed class KnownAddresses(IServer server) : ServerAddresses(server)
    {
        public override IReadOnlyCollection<string> Listening => ["http://localhost:5080"];

        public override IReadOnlyList<IPAddress> Own => [IPAddress.Parse("192.0.2.17")];
    }
}
