using Microsoft.Extensions.Configuration.Json;

namespace Efento.Portal.Configuration;

/// <summary>The host the portal and its commands run in: where settings come from and what holds when nobody set anything.</summary>
public static class PortalHost
{
    /// <summary>Where the portal listens unless it is told.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>What is in hand when the portal is asked to end is answered within this time; the process ends within 5 s.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);

    /// <summary>What holds for logging unless it is set: our own lines and where the portal listens, of the rest only what is wrong.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",

        // A line for each program without a token would let anybody fill the log.
        ["Logging:LogLevel:Efento.Portal.Access.ApiAuthentication"] = "Warning",

        // Why the start failed is said in a sentence at its end.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        // Keys at rest are guarded by the rights on the data directory; the warning on the first start would ask for what is not there.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd HH:mm:ss ",
    };

    /// <summary>
    /// A builder that reads, the later winning: appsettings.json beside the program, the one in the working directory, the environment, the
    /// command line.
    /// </summary>
    /// <exception cref="SettingsException">A settings file can't be read.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                // The framework would watch the working directory with all below it, be it the root of the disk; see SettingsFile.
                Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
                ApplicationName = typeof(Program).Assembly.GetName().Name,
                ContentRootPath = IsContentRootSet(args) ? null : AppContext.BaseDirectory,
            });
            UseSettingsFiles(builder);
            UseDefaultUrl(builder);
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;

                // Of a request line with an absolute address the address counts (RFC 9112, 3.2.2), not a Host that lacks its port.
                kestrel.AllowHostHeaderOverride = true;
            });
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
            return builder;
        }
        catch (InvalidDataException fault)
        {
            throw new SettingsException([new SettingFault(fault)]);
        }
    }

    private static bool IsContentRootSet(string[] args) => new ConfigurationBuilder()
        .AddEnvironmentVariables("DOTNET_")
        .AddEnvironmentVariables("ASPNETCORE_")
        .AddCommandLine(args)
        .Build()[WebHostDefaults.ContentRootKey] is not null;

    private static void UseSettingsFiles(WebApplicationBuilder builder)
    {
        var sources = ((IConfigurationBuilder)builder.Configuration).Sources;
        var standard = sources.OfType<JsonConfigurationSource>().ToList();
        var place = sources.IndexOf(standard[0]);
        standard.ForEach(source => sources.Remove(source));

        string[] directories = [AppContext.BaseDirectory, builder.Environment.ContentRootPath, Directory.GetCurrentDirectory()];
        string[] names = ["appsettings.json", $"appsettings.{builder.Environment.EnvironmentName}.json"];
        foreach (var directory in directories.Select(Path.TrimEndingDirectorySeparator).Distinct())
        {
            foreach (var name in names)
            {
                sources.Insert(place++, new SettingsFile(Path.Combine(directory, name)));
            }
        }

        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Defaults });
    }

    private static void UseDefaultUrl(WebApplicationBuilder builder)
    {
        string[] keys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (keys.All(key => string.IsNullOrEmpty(builder.Configuration[key])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
    }
}
