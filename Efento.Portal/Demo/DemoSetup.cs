using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Demo.Mail;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Demo;

/// <summary>Turns a portal into a demo. It signs everybody in, so it listens on this machine only, and no setting can turn it on.</summary>
internal static class DemoSetup
{
    /// <summary>
    /// The host names the demo answers to. Another site could let its own name point to this machine, and its pages would be signed in.
    /// </summary>
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Turns the portal into a demo.</summary>
    /// <param name="builder">The portal.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="site">Its site; null for one without a name.</param>
    public static void AddDemo(this WebApplicationBuilder builder, DemoClock clock, DemoSite? site = null)
    {
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(clock);
        services.AddSingleton(site?.Site ?? Site.Unnamed);
        services.AddSingleton(portal => new ServerClock(
            clock, portal.GetRequiredService<ReceiptTimes>(), portal.GetRequiredService<IOptionsMonitor<IngestOptions>>())
        { EarliestUtc = DateTimeOffset.MinValue });

        // A month passes in a minute here. This is not a jump of the machine's clock.
        services.AddSingleton(new ClockGuard(TimeProvider.System));
        services.AddSingleton<DemoNotice>();
        services.AddSingleton<DemoGateways>();
        services.AddSingleton<DemoPlaces>();
        services.AddSingleton<DemoWords>();
        services.AddSingleton<DemoRules>();
        services.AddSingleton<DemoAnswers>();
        services.AddSingleton<DemoStaff>();
        services.AddSingleton<DemoAlarms>();
        services.AddSingleton<DemoMailBox>();
        services.AddSingleton<DemoMailServer>();
        services.AddSingleton<DemoNotifications>();
        services.AddSingleton<DemoRun>();
        services.AddTransient<IStartupFilter, DemoAccess>();
        services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = Hosts);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(RefuseOthers));

        // Cookies ignore ports. With another name, the cookie of a real portal on this machine stays unchanged.
        services.Configure<CookieAuthenticationOptions>(PeopleAuthentication.Scheme, cookie => cookie.Cookie.Name = "efento-portal-demo");
        services.Configure<AntiforgeryOptions>(forms => forms.Cookie.Name = "efento-portal-demo-form");
        Set(builder.Configuration);
    }

    /// <summary>Sets what the scenario needs, and an administrator if the settings name none.</summary>
    private static void Set(ConfigurationManager settings)
    {
        settings["Portal:Setup:AdminEmail"] = OrElse(settings["Portal:Setup:AdminEmail"], "demo@example.org");
        settings["Portal:Setup:AdminPassword"] = OrElse(settings["Portal:Setup:AdminPassword"], Guid.NewGuid().ToString());
        settings["Portal:Ingest:UnknownLoggers"] = nameof(UnknownLoggerPolicy.Hold);

        // The address is printed when the demo is ready.
        settings["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = nameof(LogLevel.Warning);
    }

    private static string OrElse(string? set, string otherwise) => set is { Length: > 0 } ? set : otherwise;

    /// <summary>Rejects connections from other machines, however the address was configured.</summary>
    private static void RefuseOthers(ListenOptions listen)
    {
        if (listen.IPEndPoint is { Address: var address } && !address.Equals(IPAddress.Loopback) && !address.Equals(IPAddress.IPv6Loopback))
        {
            throw new SettingsException(
                [new SettingFault("Urls", $"an address at {listen.IPEndPoint}", "on this machine alone, such as http://localhost:5080: the demo signs everybody in as administrator")]);
        }
    }
}
