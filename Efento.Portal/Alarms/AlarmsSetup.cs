using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Standing;
using Efento.Portal.Arrivals;
using Efento.Portal.Devices;

namespace Efento.Portal.Alarms;

/// <summary>Rules and alarms.</summary>
internal static class AlarmsSetup
{
    public static void AddAlarms(this IHostApplicationBuilder builder)
    {
        builder.AddRules();
        var services = builder.Services;
        services.AddSingleton<AlarmBoard>();
        services.AddSingleton<OtherAlarms>();
        services.AddSingleton<IPointAlerts, PointAlerts>();
        services.AddSingleton<AlarmRecords>();
        services.AddSingleton<Watches>();
        services.AddSingleton<StartOver>();
        services.AddArrivalConsumer<AlarmEvaluator>();
        services.AddHostedService<StartOverService>();
        services.AddHostedService<RuleFollower>();
        services.AddSingleton<SituationReader>();
        services.AddSingleton<PortalConditions>();
        services.AddSingleton<StandingRecords>();
        services.AddSingleton<StandingWatch>();
        services.AddHostedService(portal => portal.GetRequiredService<StandingWatch>());
        services.AddSingleton<AlarmNames>();
        services.AddSingleton<AlarmPeople>();
        services.AddSingleton<AlarmActions>();
        services.AddSingleton<AlarmWordList>();
        services.AddSingleton<AlarmQuery>();
        services.AddSingleton<RulePreview>();
    }

    /// <summary>Maps the routes for other programs.</summary>
    public static void MapAlarmsApi(this RouteGroupBuilder api)
    {
        api.MapRulesApi();
        AlarmsApi.Map(api);
    }

    /// <summary>Loads the rules. Call it when the locations are loaded.</summary>
    public static Task StartAlarmsAsync(this IServiceProvider services) => services.StartRulesAsync();
}
