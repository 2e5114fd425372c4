using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Efento.Portal.Tests.Configuration;

/// <summary>appsettings.Example.json is the reference of settings: complete and true.</summary>
public sealed class ExampleSettingsTests
{
    private static readonly IConfigurationRoot Example =
        new ConfigurationBuilder().AddJsonFile(RepositoryFiles.PathOf("appsettings.Example.json")).Build();

    public static TheoryData<string> Keys => [.. KnownSettings.All.Keys];

    [Fact]
    public void Example_Checked_IsWithoutFaultAndUnknownKeys()
    {
        var report = SettingsCheck.Check(Example);

        Assert.Empty(report.Faults);
        Assert.Empty(report.Unknown);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Example_EachSetting_IsThere(string key)
    {
        var group = key[..key.LastIndexOf(':')];

        Assert.Contains(Example.GetSection(group).GetChildren(), child => child.Path == key);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Example_EachSetting_IsTheDefault(string key)
    {
        var example = new PortalOptions
        {
            DataDirectory = "not bound",
            Ingest = new() { GatewaySerialHeader = "not bound", MaxBodyBytes = -1, RequireHttps = true },
            Tls = new() { CertificatePath = "not bound", KeyPath = "not bound", Password = "not bound", Url = "not bound", Hsts = TimeSpan.MaxValue },
            Access = new() { IdleTimeout = TimeSpan.MaxValue, SessionLifetime = TimeSpan.MaxValue },
            Retention = new() { Readings = TimeSpan.MaxValue },
            Setup = new() { ApiToken = "not bound", GatewayToken = "not bound" },
        };
        Example.Bind(PortalOptions.Section, example);

        Assert.Equal(ValueOf(new PortalOptions(), key), ValueOf(example, key));
    }

    /// <summary>Settings of one row share its beginning: `Portal:Ingest:QueueMessages`, `QueueReadings`.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public void Readme_EachSetting_IsInItsTable(string key)
    {
        var (group, name) = (key[..key.LastIndexOf(':')], key[(key.LastIndexOf(':') + 1)..]);

        Assert.Contains(
            File.ReadLines(RepositoryFiles.PathOf("README.md")),
            line => line.StartsWith($"| `{group}:", StringComparison.Ordinal)
                && (line.Contains($"`{name}`", StringComparison.Ordinal) || line.Contains($"`{key}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Example_Urls_IsTheDefault() => Assert.Equal(PortalHost.DefaultUrl, Example["Urls"]);

    [Fact]
    public void Rules_EachSetting_HasOne() =>
        Assert.Equal(KnownSettings.All.Keys.Order(StringComparer.Ordinal), SettingRules.Keys.Order(StringComparer.Ordinal));

    private static object? ValueOf(PortalOptions options, string key)
    {
        object? value = options;
        foreach (var name in key.Split(':').Skip(1))
        {
            value = value!.GetType().GetProperty(name)!.GetValue(value);
        }

        return value is string[] list ? string.Join(',', list) : value;
    }
}
