using System.Net;
using Efento.Portal.Access;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.Access;

public sealed class LoopbackOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("::1", 200)]
    [InlineData("::ffff:127.0.0.1", 200)]
    [InlineData("192.168.1.20", 403)]
    [InlineData("2001:db8::1", 403)]
    public async Task Page_AskedFrom_IsAnswered(string address, int status) =>
        Assert.Equal(status, await AnswerAsync(address));

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:5080", 200)]
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("portal.example", 403)]
    [InlineData("localhost.portal.example", 403)]
    [InlineData("127.0.0.1.portal.example:5080", 403)]
    [InlineData("192.168.1.20", 403)]
    [InlineData("", 403)]
    public async Task Page_AskedByName_IsAnswered(string host, int status) =>
        Assert.Equal(status, await AnswerAsync("127.0.0.1", host));

    [Fact]
    public async Task Page_WithoutAddress_IsAnswered() =>
        Assert.Equal(200, await AnswerAsync(null));

    [Fact]
    public async Task OpenEndpoint_AskedFromElsewhere_IsNotTouched() =>
        Assert.Equal(200, await AnswerAsync("192.168.1.20", "portal.example", "/in", new OpenToNetwork()));

    [Theory]
    [InlineData("/api/v1/loggers", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/api/v10", 403)]
    [InlineData("/openapis", 403)]
    [InlineData("/assets/portal.js", 403)]
    [InlineData("/_blazor", 403)]
    [InlineData("/no-such-page", 403)]
    public async Task Path_AskedFromElsewhere_IsAnswered(string path, int status) =>
        Assert.Equal(status, await AnswerAsync("192.168.1.20", "portal.example", path));

    private static async Task<int> AnswerAsync(string? address, string host = "localhost", string path = "/", params object[] metadata)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
        context.Request.Path = path;
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), null));

        await LoopbackOnly.InvokeAsync(context, _ => Task.CompletedTask);

        return context.Response.StatusCode;
    }
}
