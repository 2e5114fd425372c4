using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Tests.Configuration;

public sealed class PortalHostTests
{
    [Fact]
    public void Urls_NothingSet_IsTheDefault() => Assert.Equal("http://localhost:5080", Configuration()["urls"]);

    [Theory]
    [InlineData("--urls=http://127.0.0.1:21290", "http://127.0.0.1:21290")]
    [InlineData("--URLS=http://127.0.0.1:21290", "http://127.0.0.1:21290")]
    [InlineData("--http_ports=21290", null)]
    [InlineData("--https_ports=21290", null)]
    [InlineData("--Kestrel:Endpoints:Lan:Url=http://127.0.0.1:21290", null)]
    public void Urls_ToldOtherwise_IsNotTheDefault(string argument, string? urls) => Assert.Equal(urls, Configuration(argument)["urls"]);

    [Fact]
    public void Sources_LaterOnes_Win()
    {
        IConfigurationBuilder configuration = PortalHost.CreateBuilder(["--A=1"]).Configuration;
        var sources = configuration.Sources.Select(s => s is SettingsFile file ? file.FullPath : s.GetType().Name).ToList();
        var beside = sources.IndexOf(Path.Combine(AppContext.BaseDirectory, "appsettings.json"));
        var environment = sources.LastIndexOf("EnvironmentVariablesConfigurationSource");
        var commandLine = sources.LastIndexOf("CommandLineConfigurationSource");

        Assert.InRange(beside, 1, environment - 1);
        Assert.InRange(environment, beside + 1, commandLine - 1);
        Assert.DoesNotContain("JsonConfigurationSource", sources);
    }

    [Theory]
    [InlineData("Efento.Portal.Ingest", "Information")]
    [InlineData("Microsoft.Hosting.Lifetime", "Information")]
    [InlineData("Microsoft.AspNetCore", "Warning")]
    [InlineData("Microsoft.EntityFrameworkCore", "Warning")]
    public void Logging_NothingSet_IsQuietAboutTheFramework(string category, string level)
    {
        var levels = Configuration().GetSection("Logging:LogLevel").GetChildren().ToDictionary(l => l.Key, l => l.Value);

        Assert.Equal(
            level,
            levels.Where(l => category.StartsWith(l.Key, StringComparison.Ordinal))
                .OrderByDescending(l => l.Key.Length)
                .Select(l => l.Value)
                .FirstOrDefault(levels["Default"]));
    }

    [Fact]
    public void Logging_Set_WinsOverTheDefault() =>
        Assert.Equal("Debug", Configuration("--Logging:LogLevel:Default=Debug")["Logging:LogLevel:Default"]);

    [Fact]
    public void ContentRoot_NothingSet_IsTheProgramsDirectory()
    {
        Assert.Equal(
            Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
            Path.TrimEndingDirectorySeparator(PortalHost.CreateBuilder([]).Environment.ContentRootPath));
    }

    [Fact]
    public void ContentRoot_Set_IsThatOne()
    {
        using var directory = new TemporaryDirectory();

        Assert.Equal(
            directory.Path,
            Path.TrimEndingDirectorySeparator(PortalHost.CreateBuilder(["--contentRoot", directory.Path]).Environment.ContentRootPath));
    }

    [Fact]
    public void ShutdownTimeout_LeavesTimeWithinFiveSeconds()
    {
        using var app = (IDisposable)PortalHost.CreateBuilder([]).Build();
        var timeout = ((WebApplication)app).Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

        Assert.InRange(timeout, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
    }

    private static ConfigurationManager Configuration(params string[] args) => PortalHost.CreateBuilder(args).Configuration;
}
