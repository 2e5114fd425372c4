using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Standing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Efento.Portal.Tests.Support;

/// <summary>
/// What the portal does by itself about alarms. A test that counts what pages ask does it when it says so, and not in the background.
/// </summary>
internal static class BackgroundWatch
{
    /// <summary>Takes it out; <see cref="StandingWatch.LookAsync"/> and the evaluator are there all the same.</summary>
    public static void RemoveFrom(WebApplicationBuilder builder)
    {
        var its = builder.Services.Where(s => s.ServiceType == typeof(IHostedService)
            && (s.ImplementationType == typeof(RuleFollower) || s.ImplementationFactory is Func<IServiceProvider, StandingWatch>)).ToList();
        its.ForEach(service => builder.Services.Remove(service));
    }
}
