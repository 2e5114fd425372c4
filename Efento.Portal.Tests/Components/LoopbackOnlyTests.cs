using System.Net;
using Efento.Portal.Components;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.Components;

public sealed class LoopbackOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("::1", 200)]
    [InlineData("::ffff:127.0.0.1", 200)]
    [InlineData("192.168.1.20", 403)]
    [InlineData("2001:db8::1", 403)]
    public async Task Page_AskedFrom_IsAnswered(string address, int status) =>
        Assert.Equal(status, await AnswerAsync(IPAddress.Parse(address), new LoopbackOnly.PageMark()));

    [Fact]
    public async Task GatewayRoute_AskedFromElsewhere_IsNotTouched() =>
        Assert.Equal(200, await AnswerAsync(IPAddress.Parse("192.168.1.20")));

    [Fact]
    public async Task Page_WithoutAddress_IsAnswered() =>
        Assert.Equal(200, await AnswerAsync(null, new LoopbackOnly.PageMark()));

    private static async Task<int> AnswerAsync(IPAddress? address, params object[] metadata)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = address;
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), null));

        await LoopbackOnly.InvokeAsync(context, _ => Task.CompletedTask);

        return context.Response.StatusCode;
    }
}
