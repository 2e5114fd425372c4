using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Standing;
using Efento.Portal.Arrivals;

namespace Efento.Portal.Demo;

/// <summary>
/// Keeps the alarms of the past at the pace of the demo's clock. By themselves readings are judged a little later, and silence is looked
/// for every five seconds: hours and days of that clock.
/// </summary>
internal sealed class DemoAlarms(ArrivalFeed arrivals, AlarmEvaluator evaluator, StandingWatch standing, TimeProvider time)
{
    /// <summary>How often silence, batteries, gateways and the portal are looked at.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(15);

    private DateTimeOffset _lookUtc;

    /// <summary>Waits until everything that was stored is judged, and looks at what is not judged by readings if it is time to.</summary>
    public async Task KeepUpAsync(CancellationToken stopping)
    {
        await arrivals.DeliverAsync(evaluator, stopping);
        if (time.GetUtcNow() is var now && now >= _lookUtc)
        {
            _lookUtc = now + LookEvery;
            await standing.LookAsync(stopping);
        }
    }
}
