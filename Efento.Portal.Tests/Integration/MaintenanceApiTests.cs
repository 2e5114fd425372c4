using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>The maintenance mode as deployment scripts use it.</summary>
public sealed class MaintenanceApiTests : IAsyncLifetime
{
    private const string Path = "/api/v1/maintenance";
    private const string Token = "a-token-of-a-script";
    private readonly FakeTimeProvider _time = new(Some.Start);
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        var token = new ApiToken
        {
            Name = "Deployment",
            Hash = TokenHash.Of(Token).ToBytes(),
            Scopes = ApiScopes.MaintenanceWrite,
            CreatedUtc = _time.GetUtcNow()
        };
        await _portal.Get<WriteGate>().WriteAsync(db => db.ApiTokens.AddAsync(token).AsTask());
        await _portal.Get<TokenDirectory>().ReloadAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Put_OnAndOff_GatewaysPauseAndGoOn()
    {
        var on = await PutAsync("""{"on":true,"minutes":30,"reason":"Version 2"}""");
        Assert.Equal(503, (await _portal.Client.BeatAsync("{}")).Status);
        var off = await PutAsync("""{"on":false}""");

        Assert.Equal((200, 200, 201), (on.Status, off.Status, (await _portal.Client.BeatAsync("{}")).Status));
        var current = JsonElement.Parse(on.Body).GetProperty("current");
        Assert.Equal(("Version 2", "Deployment"), (current.GetProperty("reason").GetString(), current.GetProperty("by").GetString()));
        Assert.Equal(_time.GetUtcNow().AddMinutes(30), current.GetProperty("until").GetDateTimeOffset());
        Assert.False(JsonElement.Parse(off.Body).GetProperty("on").GetBoolean());
    }

    [Fact]
    public async Task Put_AsAScript_IsInTheAuditTrailUnderTheTokensName()
    {
        await PutAsync("""{"on":true,"minutes":30,"reason":"Version 2"}""");

        Assert.Equal(
            [$"{(int)ActorKind.ApiToken}|Deployment|127.0.0.1|Version 2"],
            _portal.Database.Lines("SELECT actor_kind, actor, address, reason FROM audit_entry WHERE action = 'maintenance turned on'"));
    }

    [Fact]
    public async Task Put_PlannedTwice_IsPlannedOnce()
    {
        var order = JsonSerializer.Serialize(new { from = Iso(2), until = Iso(3), reason = "New disk" });

        Assert.Equal((200, 200), ((await PutAsync(order)).Status, (await PutAsync(order)).Status));

        var planned = JsonElement.Parse((await GetAsync()).Body).GetProperty("planned");
        Assert.Equal(_time.Start.AddHours(2), Assert.Single(planned.EnumerateArray()).GetProperty("from").GetDateTimeOffset());
    }

    [Fact]
    public async Task Put_OverlappingAPlannedOne_Is409AndNamesIt()
    {
        await _portal.Get<MaintenanceMode>().PlanAsync(Actor.Command, _time.Start.AddMinutes(10), _time.Start.AddHours(1), "New disk");

        var reply = await PutAsync("""{"on":true,"minutes":30,"reason":"Version 2"}""");

        Assert.Equal(409, reply.Status);
        Assert.Contains("New disk", reply.Body);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("""{"on":"yes"}""", null)]
    [InlineData("{}", "on")]
    [InlineData("""{"on":true,"reason":"x"}""", "minutes")]
    [InlineData("""{"on":true,"minutes":0,"reason":"x"}""", "minutes")]
    [InlineData("""{"on":true,"minutes":527041,"reason":"x"}""", "minutes")]
    [InlineData("""{"on":true,"minutes":5,"until":"2027-01-01T00:00Z","reason":"x"}""", "minutes")]
    [InlineData("""{"on":true,"minutes":5}""", "reason")]
    [InlineData("""{"on":true,"until":"tomorrow","reason":"x"}""", "until")]
    [InlineData("""{"on":false,"from":"2027-01-01T00:00Z"}""", "on")]
    [InlineData("""{"from":"9999-12-31T23:59Z","minutes":30,"reason":"x"}""", "from")]
    [InlineData("""{"from":"2020-01-01T00:00Z","until":"2030-01-01T00:00Z","reason":"x"}""", "until")]
    [InlineData("""{"from":"2020-01-01T00:00Z","until":"2020-01-02T00:00Z","reason":"x"}""", "until")]
    public async Task Put_Wrong_Is400AndNamesTheParameter(string order, string? parameter)
    {
        var reply = await PutAsync(order);

        Assert.Equal(400, reply.Status);
        Assert.Equal(parameter, JsonElement.Parse(reply.Body).TryGetProperty("parameter", out var named) ? named.GetString() : null);
        Assert.Equal(0, _portal.Database.Count("maintenance_window"));
    }

    [Fact]
    public async Task Put_BodyBeyondReason_Is400() =>
        Assert.Equal(400, (await PutAsync($$"""{"on":true,"reason":"{{new string('x', 20_000)}}"}""")).Status);

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Put_WhateverItSaysItIs_IsTakenAsJson(string? type)
    {
        var content = new StringContent("""{"on":true,"minutes":30,"reason":"as curl -d sends it"}""");
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);

        Assert.Equal(200, (await PutAsync(content, Token)).Status);
        Assert.NotNull(_portal.Get<MaintenanceMode>().Current);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData(PortalUnderTest.ApiToken, 403)]
    public async Task Put_WithoutTheScope_ChangesNothing(string? token, int status)
    {
        Assert.Equal(status, (await PutAsync("""{"on":true,"minutes":30,"reason":"x"}""", token)).Status);
        Assert.Null(_portal.Get<MaintenanceMode>().Current);
    }

    [Fact]
    public async Task Description_TellsOfTheBodyAndTheAnswers()
    {
        var put = JsonElement.Parse((await _portal.Client.GetAsync("/openapi/v1.json")).Body)
            .GetProperty("paths")
            .GetProperty(Path)
            .GetProperty("put");

        Assert.True(put.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
        Assert.Equal(["200", "400", "401", "403", "409"], put.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order());
    }

    private string Iso(double hours) => _time.Start.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    private Task<PortalReply> GetAsync() => _portal.AskAsync(Path, Token);

    private Task<PortalReply> PutAsync(string order, string? token = Token) =>
        PutAsync(new StringContent(order, Encoding.UTF8, "application/json"), token);

    private Task<PortalReply> PutAsync(HttpContent order, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = order };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return _portal.Client.SendAsync(request);
    }
}
