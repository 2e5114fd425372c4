using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The names of the loggers as a table.</summary>
public sealed class NamesDownloadTests
{
    [Fact]
    public async Task Download_IsATableOfTheNamesAndAudited()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record("282C00000001", Some.Now())));
        using var admin = await PeopleClient.SignedInAsync(portal);

        using var answer = await admin.GetAsync("downloads/names.csv");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("efento-names.csv", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(
            "serial,name,location,remark\r\n282C00000001,282C00000001,,\r\n",
            (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF'));
        Assert.Equal(
            ["exported|names of loggers"],
            portal.Database.Lines("SELECT action, subject FROM audit_entry WHERE action = 'exported'"));
    }
}
