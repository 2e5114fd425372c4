using Efento.Portal.Access;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Telemetry;

/// <summary>Whether data arrives, for whoever watches from outside.</summary>
public sealed class DataHealthTests : IAsyncLifetime
{
    private const string Path = "/health/data";
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Get_ALoggerIsOnTime_Is200WithoutANameAndAToken()
    {
        await MeasureAsync(_serial);

        var reply = await AskAsync();

        Assert.Equal((200, """{"status":"Healthy","reasons":[]}"""), reply);
    }

    /// <summary>The logger measures every three minutes, and one and a half of them may pass.</summary>
    [Theory]
    [InlineData(4, 200)]
    [InlineData(5, 503)]
    public async Task Get_ThePromiseHasPassed_Is503(int minutes, int status)
    {
        await MeasureAsync(_serial);

        _time.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(status, (await AskAsync()).Status);
    }

    [Fact]
    public async Task Get_OneOfSeveralIsOnTime_Is200()
    {
        await MeasureAsync(Some.Serial());
        _time.Advance(TimeSpan.FromHours(1));
        await MeasureAsync(_serial);

        Assert.Equal(200, (await AskAsync()).Status);
    }

    [Fact]
    public async Task Get_NothingIsExpected_Is503AndSaysSo()
    {
        var (status, body) = await AskAsync();

        Assert.Equal(503, status);
        Assert.Contains("none is expected", body);
    }

    [Fact]
    public async Task Get_AllAreSilent_NamesNone()
    {
        await MeasureAsync(_serial);
        _time.Advance(TimeSpan.FromDays(1));

        var (status, body) = await AskAsync();

        Assert.Equal((503, """{"status":"Unhealthy","reasons":["No logger was heard within the time it promised."]}"""), (status, body));
    }

    [Fact]
    public async Task Get_MaintenanceGoesOn_Is503OncePromisesHavePassed()
    {
        await MeasureAsync(_serial);
        await _portal.Get<MaintenanceMode>().StartAsync(
            Actor.Command, TimeSpan.FromHours(2), "test", cancellationToken: TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(503, (await AskAsync()).Status);
    }

    private async Task<(int Status, string Body)> AskAsync()
    {
        var reply = await _portal.AskAsync(Path, token: null);
        return (reply.Status, reply.Body);
    }

    private Task MeasureAsync(string serial) => _portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(_time))));
}
