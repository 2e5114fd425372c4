using Efento.Portal.Access;
using Efento.Portal.Alarms.People;
using Efento.Portal.Simulation.Scenarios;

namespace Efento.Portal.Demo;

/// <summary>What the demo's staff write, in the language of the site.</summary>
internal sealed class DemoWords(Site site)
{
    /// <summary>Why nobody is told that the main entrance is open.</summary>
    public string EntranceOff => InItsLanguage(() => DemoText.EntranceOff);

    /// <summary>What they say about an incident.</summary>
    public Acknowledgement Of(ScenarioIncidentKind incident) => InItsLanguage(() => incident switch
    {
        ScenarioIncidentKind.DoorAjar => Said(DemoText.DoorAjar, AlarmWordText.DoorLeftOpen, AlarmWordText.GoodsChecked),
        ScenarioIncidentKind.HotDay => Said(DemoText.HotDay, AlarmWordText.DeviceFailure, AlarmWordText.DeviceRepaired),
        ScenarioIncidentKind.Leak => Said(DemoText.Leak, AlarmWordText.DeviceFailure, AlarmWordText.DeviceRepaired),
        ScenarioIncidentKind.BrokenProbe => Said(DemoText.BrokenProbe, AlarmWordText.DeviceFailure, AlarmWordText.DeviceRepaired),
        _ => Said(DemoText.EmptyBattery, AlarmWordText.PowerFailure, AlarmWordText.DeviceRepaired),
    });

    private static Acknowledgement Said(string comment, string cause, string action) => new(comment, cause, action);

    private T InItsLanguage<T>(Func<T> words) => DemoSite.In(site.Language, words);
}
