using Efento.Portal.Configuration;
using Microsoft.Extensions.Configuration;

namespace Efento.Portal.Tests.Configuration;

public sealed class SettingsCheckTests
{
    [Fact]
    public void Check_NothingSet_FindsNothing()
    {
        var report = Check([]);

        Assert.Empty(report.Faults);
        Assert.Empty(report.Unknown);
    }

    [Theory]
    [InlineData("Portal:DataDirectory", "")]
    [InlineData("Portal:DataDirectory", null)]
    [InlineData("Portal:PublicAddress", "portal.example.com")]
    [InlineData("Portal:PublicAddress", "https://portal.example.com/portal")]
    [InlineData("Portal:Ingest", "yes")]
    [InlineData("Portal:Ingest:MaxBodyBytes", "64 MiB")]
    [InlineData("Portal:Ingest:MaxBodyBytes", "0")]
    [InlineData("Portal:Ingest:MaxBodyBytes", "1073741825")]
    [InlineData("Portal:Ingest:MaxBodyBytes", "99999999999999999999")]
    [InlineData("Portal:Ingest:MaxBodyBytes", "1.5")]
    [InlineData("Portal:Ingest:MaxBodyBytes", "")]
    [InlineData("Portal:Ingest:MaxBodyBytes", null)]
    [InlineData("Portal:Ingest:MaxBodyBytes:Value", "1")]
    [InlineData("Portal:Ingest:UnknownLoggers", "Refuse")]
    [InlineData("Portal:Ingest:UnknownLoggers", "1")]
    [InlineData("Portal:Ingest:UnknownLoggers", "Accept, Hold")]
    [InlineData("Portal:Ingest:ClockSkewAhead", "24")]
    [InlineData("Portal:Ingest:ClockSkewAhead", "-01:00:00")]
    [InlineData("Portal:Ingest:ClockSkewEarliest", "2015-01-01")]
    [InlineData("Portal:Ingest:ClockSkewEarliest", "soon")]
    [InlineData("Portal:Ingest:QueueMessages", "-1")]
    [InlineData("Portal:Ingest:QueueAge", "00:00:00")]
    [InlineData("Portal:Ingest:QuarantineBytes", "-1")]
    [InlineData("Portal:Ingest:MaxSeriesPerLogger", "0")]
    [InlineData("Portal:Ingest:RawBodiesPerGateway", "1001")]
    [InlineData("Portal:Ingest:GatewaySerialHeader", "")]
    [InlineData("Portal:Ingest:GatewaySerialHeader", "X Gateway")]
    [InlineData("Portal:Ingest:GatewaySerialHeader", "X-Gateway:")]
    [InlineData("Portal:Ingest:GatewaySerialHeader", "x-api-token")]
    [InlineData("Portal:Retention:Ledger", "00:00:01")]
    [InlineData("Portal:Retention:Readings", "for ever")]
    [InlineData("Portal:Ingest:MeasurementPaths", "/one")]
    [InlineData("Portal:Ingest:MeasurementPaths", null)]
    [InlineData("Urls", "nonsense")]
    [InlineData("Urls", "ftp://localhost:5080")]
    [InlineData("Urls", "http://localhost:99999")]
    [InlineData("Urls", "http://localhost:5080/portal")]
    [InlineData("Logging:LogLevel:Efento.Portal", "Loud")]
    [InlineData("Logging:Console:LogLevel:Default", "Loud")]
    public void Check_BadValue_IsNamedWithKeyAndValue(string key, string? value)
    {
        var fault = Assert.Single(Check(new() { [key] = value }).Faults);

        Assert.StartsWith(fault.Key, key);
        Assert.Contains(value ?? "null", key.EndsWith(":Value", StringComparison.Ordinal) ? value! : fault.ToString());
        Assert.NotEmpty(fault.MustBe);
    }

    [Theory]
    [InlineData("Urls", "http://localhost:5080")]
    [InlineData("Urls", "http://*:0;https://[::1]:5081/")]
    [InlineData("Urls", "http://unix:/run/portal.http")]
    [InlineData("Portal:Ingest:MaxBodyBytes", "1")]
    [InlineData("portal:ingest:maxbodybytes", "1073741824")]
    [InlineData("Portal:Ingest:UnknownLoggers", "hold")]
    [InlineData("Portal:Ingest:ClockSkewAhead", "12:00:00")]
    [InlineData("Portal:Ingest:ClockSkewAhead", "10.00:00:00")]
    [InlineData("Portal:Ingest:ClockSkewEarliest", "2020-02-29T12:00:00+01:00")]
    [InlineData("Portal:Ingest:QuarantineBytes", "0")]
    [InlineData("Portal:Ingest:GatewaySerialHeader", "Site")]
    [InlineData("Portal:Ingest:MeasurementPaths", "")]
    [InlineData("Portal:Retention:Readings", "")]
    [InlineData("Portal:Retention:Readings", null)]
    [InlineData("Portal:Retention:Readings", "365.00:00:00")]
    [InlineData("Portal:Setup:GatewayToken", "")]
    [InlineData("Portal:Setup:GatewayToken", "123456789012345678901234567890123456")]
    public void Check_GoodValue_IsBoundWithoutFault(string key, string? value)
    {
        var configuration = Configuration(new() { [key] = value });

        Assert.Empty(SettingsCheck.Check(configuration).Faults);
        Assert.Null(Record.Exception(() => configuration.GetSection(PortalOptions.Section).Get<PortalOptions>()));
    }

    [Fact]
    public void Check_SeveralBadValues_NamesThemAll()
    {
        var faults = Check(new()
        {
            ["Portal:Ingest:MaxBodyBytes"] = "x",
            ["Portal:Ingest:QueueAge"] = "y",
            ["Portal:Ingest:HeartbeatPaths:0"] = "z",
            ["Portal:Retention:Ledger"] = "w",
        }).Faults;

        Assert.Equal(
            ["Portal:Ingest:HeartbeatPaths:0", "Portal:Ingest:MaxBodyBytes", "Portal:Ingest:QueueAge", "Portal:Retention:Ledger"],
            faults.Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.Contains(fault.ToString(), new SettingsException(faults).Message));
    }

    [Theory]
    [InlineData("Portal:Setup:GatewayToken", "1234567890123456789012345678901234567")]
    [InlineData("Portal:Setup:GatewayToken", "with space")]
    [InlineData("Portal:Setup:ApiToken", "\u00fcmlaut-token")]
    public void Check_BadToken_IsNamedWithoutShowingIt(string key, string token)
    {
        var fault = Assert.Single(Check(new() { [key] = token }).Faults);

        Assert.Equal(key, fault.Key);
        Assert.DoesNotContain(token, fault.ToString());
    }

    [Theory]
    [InlineData("Portal:Ingest:MaxBodyByte", "Portal:Ingest:MaxBodyBytes")]
    [InlineData("Portal:MaxBodyBytes", "Portal:Ingest:MaxBodyBytes")]
    [InlineData("Portal:Ingset:MaxBodyBytes", "Portal:Ingest")]
    [InlineData("Portal:Retention:Reading", "Portal:Retention:Readings")]
    [InlineData("Portal:Weather", null)]
    public void Check_UnknownKey_IsReportedWithTheNearestKnown(string key, string? suggestion)
    {
        var report = Check(new() { [key] = "7" });

        Assert.Empty(report.Faults);
        var unknown = Assert.Single(report.Unknown);
        Assert.StartsWith(unknown.Key, key);
        Assert.Equal(suggestion, unknown.Suggestion);
    }

    [Fact]
    public void Check_KeysOutsideThePortal_AreNotLookedAt()
    {
        var report = Check(new() { ["Logging:LogLevel:Default"] = "Debug", ["Logging:Level"] = "Loud", ["Portals:X"] = "1" });

        Assert.Empty(report.Faults);
        Assert.Empty(report.Unknown);
    }

    private static SettingsReport Check(Dictionary<string, string?> settings) => SettingsCheck.Check(Configuration(settings));

    private static IConfigurationRoot Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
