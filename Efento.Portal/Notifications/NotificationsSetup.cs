using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Standing;
using Efento.Portal.Arrivals;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Answering;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Push;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Notifications.Ledger;
using Efento.Portal.Notifications.Push;
using Efento.Portal.Notifications.Sending;
using Efento.Portal.Notifications.Telling;
using Efento.Portal.Notifications.Watching;

namespace Efento.Portal.Notifications;

/// <summary>Who is told of alarms, and how.</summary>
internal static class NotificationsSetup
{
    /// <summary>Registers the outbox and the dispatcher that sends what is in it.</summary>
    public static void AddNotifications(this IHostApplicationBuilder builder)
    {
        builder.AddNotificationDocuments();
        var services = builder.Services;
        services.AddChannels();
        services.AddSingleton<PushKeys>();
        services.AddSingleton<PushDevices>();
        services.AddSingleton<IPushDevices>(portal => portal.GetRequiredService<PushDevices>());
        services.AddSingleton<DeviceTestLimit>();
        services.AddSingleton<OwnDevices>();
        services.AddSingleton<Audience>();
        services.AddSingleton<IAlarmFollower, Outbox>();
        services.AddSingleton<HealthNotes>();
        services.AddSingleton<NotificationMeter>();
        services.AddSingleton<IFailingChannels>(portal => portal.GetRequiredService<ChannelBoard>());
        services.AddSingleton<NotificationPreview>();
        services.AddSingleton<OwnQuietHours>();
        services.AddArrivalConsumer<BackFills>();
        services.AddSingleton<DeliveryHolds>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<AnswerLinks>();
        services.AddSingleton<AlarmAnswers>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<ChannelDecisions>();
        services.AddSingleton<TestMessages>();
        services.AddSingleton<ChannelProbe>();
        services.AddSingleton<DeliveryQuery>();
        services.AddSingleton<DeliveryReplay>();
        services.AddHostedService<Dispatcher>();
        services.AddWatching();
        services.AddDrills();
    }

    private static void AddDrills(this IServiceCollection services)
    {
        services.AddSingleton<DrillBoard>();
        services.AddSingleton<DrillReach>();
        services.AddSingleton<DrillCalls>();
        services.AddSingleton<DrillLinks>();
        services.AddSingleton<DrillService>();
        services.AddSingleton<DrillAnswers>();
        services.AddSingleton<DrillQuery>();
        services.AddSingleton<IOtherMessages, DrillMessages>();
    }

    private static void AddWatching(this IServiceCollection services)
    {
        services.AddSingleton<WatchReporter>();
        services.AddSingleton<WatchConditions>();
        services.AddSingleton<DeadManBoard>();
        services.AddSingleton<DeadManCaller>();
        services.AddSingleton<DailyMail>();
        services.AddSingleton<IOtherMessages, WatchMails>();
        services.AddHealthChecks().AddCheck<WatchHealthCheck>("watching");
        services.AddHostedService<WatchService>();
    }

    /// <summary>Registers the document of channels, people and chains, in the running portal or in a command's own process.</summary>
    public static void AddNotificationDocuments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ChannelVault>();
        builder.Services.AddSingleton<NotificationDirectory>();
        builder.Services.AddSingleton<ChannelBoard>();
        builder.Services.AddSingleton<DispatcherBell>();
        builder.Services.AddSingleton<NotificationDocuments>();
        builder.Services.AddSingleton<NotificationEdits>();
        builder.Services.AddSingleton<SetupNotifications>();
        builder.Services.AddSingleton<IHeldWork, HeldDeliveries>();
    }

    /// <summary>
    /// Takes what the unattended set-up has, and loads everything. Call it when the locations are loaded, and before anything is judged.
    /// </summary>
    public static async Task StartNotificationsAsync(this IServiceProvider services)
    {
        await services.GetRequiredService<SetupNotifications>().TakeAsync();
        await services.GetRequiredService<NotificationDirectory>().ReloadAsync();
        await services.GetRequiredService<ChannelBoard>().LoadAsync();
        await services.GetRequiredService<DrillBoard>().LoadAsync();
    }
}
