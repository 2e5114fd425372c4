using System.Net;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The page of a logger is found by any serial that a gateway can send.</summary>
public sealed class LoggerLinkTests
{
    [Theory]
    [InlineData("282C0000AB01")]
    [InlineData("Hall 2/a")]
    [InlineData("/a//b/")]
    [InlineData("a%b?c#d&e=f")]
    public async Task Link_WithTheSerial_LeadsToThePoint(string serial)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now())));
        using var person = await PeopleClient.SignedInAsync(portal);

        using var answer = await person.GetAsync($"/loggers/{Uri.EscapeDataString(serial)}?range=7d");

        Assert.Equal((HttpStatusCode.Redirect, "/points/1?range=7d"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }
}
