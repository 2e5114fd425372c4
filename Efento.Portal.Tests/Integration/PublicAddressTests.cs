using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The address at which people open the portal: in the set-up, in the settings, and checked by a visit.</summary>
public sealed class PublicAddressTests
{
    private const string Address = "https://portal.example.com";

    [Fact]
    public async Task Settings_WithAnAddress_CountBeforeTheOneOfThePage()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = new() { ["Portal:PublicAddress"] = Address } });

        await portal.Get<SiteSettings>().SetAddressAsync(Actor.Command, null, "https://other.example.com");

        Assert.Equal($"{Address}/points/1", portal.Get<PublicAddress>().LinkTo("points/1"));
    }

    [Fact]
    public async Task SetUpLink_OfALogWithAnAddress_LeadsThere()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { IsSetUp = false, Settings = new() { ["Portal:PublicAddress"] = Address } });

        var line = portal.Log.Single(line => line.Contains("/setup?code=", StringComparison.Ordinal));
        Assert.Contains($"{Address}/{SetUpPath(portal)}", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("portal.example.com:8443", "http://portal.example.com:8443")]
    [InlineData("localhost:5080", "")]
    public async Task SetUp_OpenedAt_SuggestsAnAddressThatMeansTheSameToOthers(string host, string expected)
    {
        await using var portal = await PortalUnderTest.StartAsync(new PortalStart { IsSetUp = false });
        using var client = new PeopleClient(portal.Address, null, ("Host", host));

        var page = await (await client.GetAsync(SetUpPath(portal))).Content.ReadAsStringAsync();

        var field = page[page.IndexOf("id=\"address\"", StringComparison.Ordinal)..];
        field = field[..field.IndexOf('>', StringComparison.Ordinal)];
        Assert.Equal(expected, field.Split(" value=\"") is [_, var value] ? value[..value.IndexOf('"', StringComparison.Ordinal)] : "");
    }

    [Theory]
    [InlineData("https://portal.example.com/", Address)]
    [InlineData("", null)]
    public async Task SetUp_WithAnAddressOrWithout_KeepsIt(string entered, string? expected)
    {
        await using var portal = await PortalUnderTest.StartAsync(new PortalStart { IsSetUp = false });

        using var answer = await SetUpAsync(portal, entered);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, portal.Get<PeopleDirectory>().Site!.PublicAddress);
    }

    [Fact]
    public async Task SetUp_WithWhatIsNoAddress_SaysSoAndMakesNothing()
    {
        await using var portal = await PortalUnderTest.StartAsync(new PortalStart { IsSetUp = false });

        using var answer = await SetUpAsync(portal, "https://portal.example.com/path");

        Assert.Contains("without a path", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(portal.Get<PeopleDirectory>().IsEmpty);
    }

    [Fact]
    public async Task Check_VisitedByItsCode_IsToldHowThePortalWasAddressed()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        List<AddressVisit> visits = [];
        var code = portal.Get<AddressChecks>().Begin(visits.Add);
        using var client = new PeopleClient(portal.Address, null, ("Host", "portal.example.com"));

        var page = await (await client.GetAsync(AddressChecks.PathOf(code))).Content.ReadAsStringAsync();

        Assert.Contains("This address leads to the portal.", page, StringComparison.Ordinal);
        Assert.Equal(["http://portal.example.com"], visits.Select(v => v.Origin));
    }

    [Fact]
    public async Task Check_WithAnotherCodeOrOver_TellsNobody()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        List<AddressVisit> visits = [];
        var checks = portal.Get<AddressChecks>();
        var code = checks.Begin(visits.Add);
        using var client = new PeopleClient(portal.Address);

        var other = await (await client.GetAsync(AddressChecks.PathOf("0123"))).Content.ReadAsStringAsync();
        checks.End(code);
        var over = await (await client.GetAsync(AddressChecks.PathOf(code))).Content.ReadAsStringAsync();

        Assert.Contains("This test is over.", other, StringComparison.Ordinal);
        Assert.Contains("This test is over.", over, StringComparison.Ordinal);
        Assert.Empty(visits);
    }

    private static async Task<HttpResponseMessage> SetUpAsync(PortalUnderTest portal, string address)
    {
        using var client = new PeopleClient(portal.Address);
        return await client.SubmitAsync(
            SetUpPath(portal),
            "setup",
            ("Input.Site", "Pharmacy"),
            ("Input.TimeZone", "Europe/Warsaw"),
            ("Input.Language", "en"),
            ("Input.PublicAddress", address),
            ("Input.Email", "first@portal.test"),
            ("Input.Password", "long enough, uncommon"),
            ("Input.Again", "long enough, uncommon"));
    }

    private static string SetUpPath(PortalUnderTest portal)
    {
        var link = portal.Log.Single(line => line.Contains("/setup?code=", StringComparison.Ordinal));
        return link[link.IndexOf("setup?code=", StringComparison.Ordinal)..];
    }
}
