using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Ingest;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Demo;

/// <summary>What makes a portal a demo. It signs everybody in, so it is for this machine alone; no setting switches it on.</summary>
internal static class DemoSetup
{
    /// <summary>The names by which the demo answers. A page of another site can make its own name lead here, and would be signed in.</summary>
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Makes it a demo.</summary>
    public static void AddDemo(this WebApplicationBuilder builder, DemoClock clock)
    {
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(clock);
        services.AddSingleton(portal => new ServerClock(
            clock, portal.GetRequiredService<ReceiptTimes>(), portal.GetRequiredService<IOptionsMonitor<IngestOptions>>())
        { EarliestUtc = DateTimeOffset.MinValue });

        // Its month passes in a minute: no jump of the machine's clock.
        services.AddSingleton(new ClockGuard(TimeProvider.System));
        services.AddSingleton<DemoNotice>();
        services.AddSingleton<DemoGateways>();
        services.AddSingleton<DemoPlaces>();
        services.AddSingleton<DemoStaff>();
        services.AddSingleton<DemoRun>();
        services.AddTransient<IStartupFilter, DemoDoor>();
        services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = Hosts);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(RefuseOthers));

        // Cookies know no ports: that of a real portal on this machine stays as it is.
        services.Configure<CookieAuthenticationOptions>(PeopleAuthentication.Scheme, cookie => cookie.Cookie.Name = "efento-portal-demo");
        services.Configure<AntiforgeryOptions>(forms => forms.Cookie.Name = "efento-portal-demo-form");
        Set(builder.Configuration);
    }

    /// <summary>What the story needs, and an administrator if the settings name none.</summary>
    private static void Set(ConfigurationManager settings)
    {
        settings["Portal:Setup:AdminEmail"] = OrElse(settings["Portal:Setup:AdminEmail"], "demo@example.org");
        settings["Portal:Setup:AdminPassword"] = OrElse(settings["Portal:Setup:AdminPassword"], Guid.NewGuid().ToString());
        settings["Portal:Ingest:UnknownLoggers"] = nameof(UnknownLoggerPolicy.Hold);

        // Where it listens is said once it is ready.
        settings["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = nameof(LogLevel.Warning);
    }

    private static string OrElse(string? set, string otherwise) => set is { Length: > 0 } ? set : otherwise;

    /// <summary>However an address came to be, nobody but this machine may reach it.</summary>
    private static void RefuseOthers(ListenOptions listen)
    {
        if (listen.IPEndPoint is { Address: var address } && !address.Equals(IPAddress.Loopback) && !address.Equals(IPAddress.IPv6Loopback))
        {
            throw new SettingsException([new SettingFault("Urls", $"an address at {listen.IPEndPoint}", "on this machine alone, such as http://localhost:5080: the demo signs everybody in as administrator")]);
        }
    }
}
