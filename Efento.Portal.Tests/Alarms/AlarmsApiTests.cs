using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms;

/// <summary>Alarms for other programs: what is told, who may ask, how they are acknowledged.</summary>
public sealed class AlarmsApiTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await _portal.RuleAsync(AlarmBench.Fridge(key: "fridges"));
        await SendAsync(_serial, (-9, 5), (-6, 9), (-3, 11), (0, 6));
        await _portal.AlarmsAsync();
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Alarm_IsTold_AsDocumented()
    {
        var alarm = Assert.Single(await _portal.AskAllAsync("api/v1/alarms"));

        Assert.Equal(
            $$"""
            {"id":1,"state":"ended","level":"critical","kind":"limits","rule":"fridges","point":{"id":1,"name":"{{_serial}}","place":null},"logger":"{{_serial}}","gateway":null,"channel":1,"type":"temperature","deliveryChannel":null,"beganAt":"2026-06-17T09:08:05.000Z","beganAfter":"2026-06-17T09:05:05.000Z","raisedAt":"2026-06-17T09:14:05.000Z","endedAt":"2026-06-17T09:14:05.000Z","peak":11,"unit":"°C","limit":8,"foundAfterwards":true,"acknowledgedAt":null,"acknowledgedBy":null,"comment":null,"cause":null,"action":null,"causeAlarmId":null}
            """.Trim(),
            alarm.GetRawText());
        Assert.Equal(alarm.GetRawText(), (await _portal.AskAsync("api/v1/alarms/1")).Body);
    }

    [Theory]
    [InlineData("state=active", 1)]
    [InlineData("state=ended", 1)]
    [InlineData("state=withdrawn", 0)]
    [InlineData("", 2)]
    [InlineData("level=critical", 2)]
    [InlineData("level=warning", 0)]
    [InlineData("point=1", 1)]
    [InlineData("point=3", 0)]
    [InlineData("from=2026-06-17T09:14:05Z", 1)]
    [InlineData("to=2026-06-17T09:08:05Z", 0)]
    [InlineData("limit=1", 1)]
    [InlineData("after=1", 1)]
    public async Task List_Filters(string query, int count)
    {
        await SendAsync(Some.Serial(), (0, 20));
        await _portal.AlarmsAsync();

        Assert.Equal(count, (await _portal.AskPageAsync($"api/v1/alarms?{query}")).Items.Count);
    }

    [Theory]
    [InlineData("alarms?state=open", "state")]
    [InlineData("alarms?level=high", "level")]
    [InlineData("alarms?point=x", "point")]
    [InlineData("alarms?stat=active", "stat")]
    public async Task List_WrongParameter_IsNamed(string path, string parameter)
    {
        var reply = await _portal.AskAsync($"api/v1/{path}");

        Assert.Equal((400, parameter), (reply.Status, JsonElement.Parse(reply.Body).GetProperty("parameter").GetString()));
    }

    [Fact]
    public async Task Acknowledgement_IsKept_AndTheSecondSeesTheFirst()
    {
        var token = await TokenAsync(ApiScopes.AlarmsAcknowledge);

        var first = await SayAsync(1, """{"comment":"Door was ajar","cause":"Door open","action":"Door closed"}""", token);
        var second = await SayAsync(1, """{"comment":"Me too"}""", token);

        Assert.Equal((200, 409), (first.Status, second.Status));
        Assert.Contains("Door was ajar", first.Body);
        Assert.Contains("Night watch", second.Body);
        Assert.Equal("Door was ajar", _portal.Database.Scalar<string>("SELECT comment FROM alarm"));
        Assert.Equal("Door was ajar", _portal.Database.Scalar<string>("SELECT new FROM audit_entry WHERE action = 'alarm acknowledged'"));
    }

    [Theory]
    [InlineData(1, """{"comment":" "}""", 400)]
    [InlineData(1, """{}""", 400)]
    [InlineData(1, "no JSON", 400)]
    [InlineData(7, """{"comment":"Done"}""", 404)]
    public async Task Acknowledgement_ThatSaysNothing_IsRefused(int alarm, string body, int status)
    {
        Assert.Equal(status, (await SayAsync(alarm, body, await TokenAsync(ApiScopes.AlarmsAcknowledge))).Status);
        Assert.Equal(0L, _portal.Database.Scalar<long>("SELECT count(acknowledged_utc) FROM alarm"));
    }

    [Fact]
    public async Task Token_WithoutTheScope_IsRefused()
    {
        var token = await TokenAsync(ApiScopes.MeasurementsRead);

        Assert.Equal(403, (await _portal.AskAsync("api/v1/alarms", token)).Status);
        Assert.Equal(403, (await _portal.AskAsync("api/v1/alarms/1", token)).Status);
        Assert.Equal(403, (await SayAsync(1, """{"comment":"Done"}""", PortalUnderTest.ApiToken)).Status);
    }

    private Task<string> TokenAsync(string scope) => _portal.Get<TokenIssuer>().IssueApiTokenAsync("Night watch", scope);

    private Task<PortalReply> SayAsync(int alarm, string body, string token) => _portal.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"api/v1/alarms/{alarm}/acknowledgement")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        });

    private Task SendAsync(string serial, params (int Minute, double Value)[] readings) => _portal.Client.MeasureAsync(
        Some.Body(readings.Select(r => Some.Record(serial, Some.Start.AddMinutes(r.Minute), r.Value))));
}
