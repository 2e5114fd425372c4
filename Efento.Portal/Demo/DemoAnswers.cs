using Efento.Portal.Alarms;
using Efento.Portal.Alarms.People;
using Efento.Portal.Devices;
using Efento.Portal.Simulation.Scenarios;

namespace Efento.Portal.Demo;

/// <summary>Acknowledges the alarms of an incident. The alarms themselves come from what was measured.</summary>
internal sealed class DemoAnswers(AlarmBoard board, AlarmActions actions, LoggerQuery loggers, DemoWords words)
{
    /// <summary>Acknowledges every open alarm of the point.</summary>
    public async Task AnswerAsync(ScenarioIncident incident, CancellationToken stopping)
    {
        var logger = (await loggers.FindAsync(SiteScope.Everything, incident.Serial, stopping))!;
        foreach (var alarm in board.Present.Where(a => a.IsOpen && a.PointId == logger.Point!.Id).ToList())
        {
            var outcome = await actions.AcknowledgeAsync(
                SiteScope.Everything, DemoStaff.Actor, alarm.Id, words.Of(incident.Kind), stopping);
            DemoStaff.Check(outcome.IsDone, $"acknowledge the alarm of {logger.Point!.Name}");
        }
    }
}
