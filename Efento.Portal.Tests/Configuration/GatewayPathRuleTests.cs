using Efento.Portal.Configuration;
using Microsoft.Extensions.Configuration;

namespace Efento.Portal.Tests.Configuration;

public sealed class GatewayPathRuleTests
{
    private static readonly string Longest = "/" + new string('a', 255);

    public static TheoryData<string> GoodPaths =>
        ["/in", "/in/", "/a.b-c_d~e/f", "/{gateway}", "/site/{gateway}/measurements", "/api/v3/measurements", "/api/v10", "/healthy", "/~x", Longest, ""];

    public static TheoryData<string> BadPaths =>
    [
        "in", "/", "//", "/a//b", "/a b", "/a?b=c", "/a%20b", "/\u00e4", "/a/../b", "/./b", "/{serial}", "/x{gateway}",
        "/{gateway}/{gateway}", "/{gateway",
        "/a{b}", "/*", "http://portal/in", Longest + "a",
    ];

    public static TheoryData<string> TakenPaths =>
    [
        "/api/v4/measurements", "/API/V4/Measurements/", "/api/v2/measurements", "/api/v4/gateways/heartbeat", "/api/v1/loggers", "/api/v1",
        "/openapi/v1.json", "/health/ready", "/health", "/_blazor", "/_framework/x", "/assets/in", "/not-found", "/error",
    ];

    [Theory]
    [MemberData(nameof(GoodPaths))]
    public void Path_AsGatewaysTakeIt_IsAllowed(string path) => Assert.Empty(Faults(path));

    [Theory]
    [MemberData(nameof(BadPaths))]
    public void Path_GatewaysDoNotTake_IsAFault(string path)
    {
        var fault = Assert.Single(Faults(path));

        Assert.Equal("Portal:Ingest:MeasurementPaths:0", fault.Key);
        Assert.Contains(path, fault.Is);
    }

    [Theory]
    [MemberData(nameof(TakenPaths))]
    public void Path_OfThePortalItself_IsAFault(string path) =>
        Assert.Equal("Portal:Ingest:MeasurementPaths:0", Assert.Single(Faults(path)).Key);

    [Fact]
    public void Paths_Twice_AreAFaultOfTheSecond()
    {
        Assert.Equal("Portal:Ingest:MeasurementPaths:1", Assert.Single(Faults("/in", "/IN/")).Key);
        Assert.Equal("Portal:Ingest:MeasurementPaths:1", Assert.Single(Faults("/x/{gateway}", "/X/{gateway}")).Key);
    }

    [Fact]
    public void Paths_OfBothLists_MustDiffer()
    {
        var settings = new Dictionary<string,
        string?>
        { ["Portal:Ingest:MeasurementPaths:0"] = "/in", ["Portal:Ingest:HeartbeatPaths:0"] = "/in" };

        Assert.Single(SettingsCheck.Check(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Faults);
    }

    [Fact]
    public void Paths_LiteralBesideGateway_AreBothAllowed() => Assert.Empty(Faults("/site/{gateway}", "/site/main", "/{gateway}/in"));

    private static IReadOnlyList<SettingFault> Faults(params string[] paths) =>
        SettingsCheck.Check(new ConfigurationBuilder()
            .AddInMemoryCollection(paths.Select((path, i) => KeyValuePair.Create($"Portal:Ingest:MeasurementPaths:{i}", (string?)path)))
            .Build()).Faults;
}
