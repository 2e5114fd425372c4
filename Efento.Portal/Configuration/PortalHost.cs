using Microsoft.Extensions.Configuration.Json;

namespace Efento.Portal.Configuration;

/// <summary>Builds the host in which the portal and its commands run: the sources of settings, and the defaults.</summary>
internal static class PortalHost
{
    /// <summary>The default address on which the portal listens.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>The time in which open requests are answered when the portal is asked to end. The process ends within 5 s.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The defaults of logging: the portal's own lines, and the addresses on which it listens; of everything else only warnings and errors.
    /// </summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",

        // With a line for each request without a token, any sender could fill the log.
        ["Logging:LogLevel:Efento.Portal.Access.ApiAuthentication"] = "Warning",

        // If the start fails, the reason is printed in a sentence at the end.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        // The rights on the data directory protect stored keys. The framework's warning on the first start would ask for a protection that
        // is not needed.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd HH:mm:ss ",
    };

    /// <summary>
    /// Creates a builder that reads these sources, of which a later one overrides an earlier one: appsettings.json beside the program, the
    /// one in the working directory, the environment, the command line.
    /// </summary>
    /// <exception cref="SettingsException">A settings file can't be read.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                // The framework would watch the working directory with everything below it, even if that is the root of the disk. See
                // SettingsFile.
                Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
                ApplicationName = typeof(Program).Assembly.GetName().Name,
                ContentRootPath = IsContentRootSet(args) ? null : AppContext.BaseDirectory,
            });
            UseSettingsFiles(builder);
            UseDefaultUrl(builder);
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;

                // If the request line has an absolute address, that address counts (RFC 9112, 3.2.2), not a Host header without its port.
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

        builder.Configuration.Sources.Insert(
            0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Defaults });
    }

    private static void UseDefaultUrl(WebApplicationBuilder builder)
    {
        string[] keys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (
            keys.All(key => string.IsNullOrEmpty(builder.Configuration[key]))
                && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
    }
}
