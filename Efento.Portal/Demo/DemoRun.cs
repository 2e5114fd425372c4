using Efento.Portal.Simulation.Scenes;

namespace Efento.Portal.Demo;

/// <summary>A demo on a portal that listens: first the past is delivered, message by message, then the present goes on.</summary>
internal sealed class DemoRun(DemoClock clock, DemoGateways gateways, DemoStaff staff)
{
    /// <summary>
    /// How far the clock is moved between two looks of the gateways: what their loggers measured meanwhile they send together, so nothing
    /// comes later than that.
    /// </summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(3);

    /// <summary>Delivers the past; afterwards the clock shows the real time.</summary>
    /// <exception cref="IOException">The portal did not take it.</exception>
    public async Task DeliverAsync(Scene scene, Uri server, CancellationToken stopping)
    {
        staff.Take(scene);
        await gateways.StartAsync(scene, server, stopping);
        do
        {
            await gateways.SendDueAsync(stopping);
            await staff.DoDueAsync(stopping);
        }
        while (clock.TryMove(Step));
    }

    /// <summary>The gateways go on until stopped.</summary>
    public Task GoOnAsync(CancellationToken stopping) => gateways.RunAsync(stopping);
}
