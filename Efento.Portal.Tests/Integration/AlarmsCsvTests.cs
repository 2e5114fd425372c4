using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Alarms as a table, and what somebody who is limited to one ward gets of it.</summary>
public sealed class AlarmsCsvTests
{
    [Fact]
    public async Task Download_IsATableOfTheFilterAndAudited()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var serial = Some.Serial();
        await portal.RuleAsync(AlarmBench.Fridge());
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), 9.5)));
        await portal.AlarmsAsync();
        using var admin = await PeopleClient.SignedInAsync(portal);

        var (all, none) = (await LinesAsync(admin, "downloads/alarms.csv"), await LinesAsync(admin, "downloads/alarms.csv?level=warning"));

        Assert.StartsWith("Number,Level,State,Kind,About,Location,Logger,What happened,Began at,Time zone,", all[0], StringComparison.Ordinal);
        Assert.StartsWith(
            $"1,Critical,Active,Limits,{serial},,{serial},Temperature above 8.0\u00a0°C: 9.5\u00a0°C,", Assert.Single(all.Skip(1)),
            StringComparison.Ordinal);
        Assert.Single(none);
        Assert.Equal(
            ["exported|alarms", "exported|alarms"],
            portal.Database.Lines("SELECT action, subject FROM audit_entry WHERE action = 'exported'"));
    }

    /// <summary>A day of the download is one of the zone that it names, and so are its times.</summary>
    [Theory]
    [InlineData("to=2026-06-16&zone=Etc/UTC", 0)]
    [InlineData("to=2026-06-16&zone=Pacific/Honolulu", 1)]
    [InlineData("from=2026-06-17&to=2026-06-17&zone=Etc/UTC", 1)]
    public async Task Download_OfDays_HasThoseOfTheZone(string query, int expected)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.RuleAsync(AlarmBench.Fridge());
        await portal.Client.MeasureAsync(
            Some.Body(new[] { 9.5, 5 }.Select((value, i) => Some.Record("282C00000001", Some.Start.AddMinutes(3 * i), value))));
        await portal.AlarmsAsync();
        using var admin = await PeopleClient.SignedInAsync(portal);

        Assert.Equal(expected, (await LinesAsync(admin, $"downloads/alarms.csv?{query}")).Length - 1);
    }

    [Theory]
    [InlineData("alarms")]
    [InlineData("alarms?open=yes")]
    [InlineData("alarms/1")]
    [InlineData("alarms/2")]
    [InlineData("alarms/3")]
    [InlineData("downloads/alarms.csv")]
    public async Task Limited_LearnsNothingOfAnotherWard(string address)
    {
        await using var wards = await TwoWards.StartAsync();
        await wards.Portal.RuleAsync(AlarmBench.Fridge());
        await wards.Portal.Client.MeasureAsync(
            Some.Body(new[] { wards.Seen, wards.Hidden, wards.Unplaced }.Select(s => Some.Record(s, Some.Now(), 30))));
        await Until.TrueAsync(async () => (await wards.Portal.AlarmsAsync()).Count == 3);
        using var nurse = await wards.SignInAsync();

        using var answer = await nurse.GetAsync(address);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Fridge hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Cellar hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ward 2", text, StringComparison.Ordinal);
        Assert.DoesNotContain(wards.Hidden, text, StringComparison.Ordinal);
        Assert.DoesNotContain(wards.Unplaced, text, StringComparison.Ordinal);
    }

    private static async Task<string[]> LinesAsync(PeopleClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        return (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
