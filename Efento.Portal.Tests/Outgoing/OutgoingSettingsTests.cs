using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>The feeds in the settings.</summary>
public sealed class OutgoingSettingsTests
{
    [Fact]
    public void Feeds_AsTheyShouldBe_HaveNoFault() => Assert.Empty(FaultsOf(
        FeedBench.Settings("Hospital/Ward 1").Concat(FeedBench.Settings(key: "lab", number: 1)).ToDictionary()));

    [Theory]
    [InlineData("Key", "", "Portal:Outgoing:0:Key is \"\" but must be 1 to 100 letters")]
    [InlineData("Key", "our erp", "Portal:Outgoing:0:Key is \"our erp\" but must be 1 to 100 letters")]
    [InlineData("Channel", "", "Portal:Outgoing:0:Channel is \"\" but must be 1 to 100 letters")]
    [InlineData("Place", " ", "Portal:Outgoing:0:Place is \" \" but must be \"*\" or a location")]
    [InlineData("Url", "x", "Portal:Outgoing:0:Url is unknown but must be Key, Channel, Place or HomeAssistant")]
    [InlineData("HomeAssistant", "perhaps", "Portal:Outgoing:0:HomeAssistant is \"perhaps\" but must be true or false")]
    public void Field_ThatIsWrong_IsNamed(string field, string value, string fault)
    {
        var settings = FeedBench.Settings();
        settings[$"Portal:Outgoing:0:{field}"] = value;

        Assert.StartsWith(fault, Assert.Single(FaultsOf(settings)));
    }

    [Fact]
    public void Faults_OfAllFeeds_AreNamedAtOnce() => Assert.Equal(
        ["Portal:Outgoing:0:Channel is missing", "Portal:Outgoing:1:Key is missing", "Portal:Outgoing:1:Channel is missing"],
        FaultsOf(new() { ["Portal:Outgoing:0:Key"] = "erp", ["Portal:Outgoing:1:Place"] = "*" })
            .Select(fault => fault[..fault.IndexOf(" but", StringComparison.Ordinal)]));

    [Fact]
    public void Feeds_OfOneKey_AreAFault() => Assert.Equal(
        ["Portal:Outgoing:1:Key is \"erp\" but must be another one than Portal:Outgoing:0:Key."],
        FaultsOf(FeedBench.Settings().Concat(FeedBench.Settings(number: 1)).ToDictionary()));

    [Fact]
    public async Task Start_WithAFault_IsRefused()
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(
            () => PortalUnderTest.StartAsync(new() { Settings = new() { ["Portal:Outgoing"] = "hook" } }));

        Assert.Contains("Portal:Outgoing is \"hook\" but must be a list of feeds", fault.Message);
    }

    private static IReadOnlyList<string> FaultsOf(Dictionary<string, string> settings) =>
    [
        .. SettingsCheck.Check(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, string? (s) => s.Value)).Build())
            .Faults.Select(f => f.ToString()),
    ];
}
