using Efento.Portal.Simulation.Scenarios;

namespace Efento.Portal.Demo;

/// <summary>
/// Runs a demo on a listening portal: first the past is delivered message by message, then the gateways go on in real time.
/// </summary>
internal sealed class DemoRun(DemoClock clock, DemoGateways gateways, DemoAlarms alarms, DemoStaff staff, DemoNotifications notifications)
{
    /// <summary>
    /// The step by which the clock is moved. After each step the gateways send everything that their loggers measured in it, so no reading
    /// is later than one step.
    /// </summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(3);

    /// <summary>Delivers the past; afterwards the clock shows the real time.</summary>
    /// <exception cref="IOException">The portal did not accept a message.</exception>
    public async Task DeliverAsync(Scenario scenario, Uri server, CancellationToken stopping)
    {
        staff.Take(scenario);
        await gateways.StartAsync(scenario, server, stopping);
        do
        {
            await gateways.SendDueAsync(stopping);
            await alarms.KeepUpAsync(stopping);
            await staff.DoDueAsync(stopping);
        }
        while (clock.TryMove(Step));
        await notifications.BeginAsync(server, stopping);
        scenario.Leak.Begin(clock.GetUtcNow());
    }

    /// <summary>Runs the gateways until they are stopped.</summary>
    public Task GoOnAsync(CancellationToken stopping) => gateways.RunAsync(stopping);
}
