using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Standing;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Notifications;

/// <summary>A portal with a fridge, whose messages a test takes.</summary>
public abstract class NotificationContext : IAsyncLifetime
{
    private protected const string Anna = "anna@site.example";
    private protected const string Bert = "bert@site.example";

    /// <summary>Anna at once, Bert after ten minutes, another program at once.</summary>
    private protected const string Usual = $$"""
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example"},
          {"key":"hook","kind":"webhook","url":"https://site.example/hook","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}],
        "people":[{"email":"{{Anna}}","language":"en"},{"email":"{{Bert}}","language":"pl"}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[
          {"after":"0m","people":["{{Anna}}"],"channels":["mail"]},{"after":"0m","channels":["hook"]},{"after":"10m","people":["{{Bert}}"]}]}]}
        """;

    private readonly TemporaryDirectory _data = new();

    private protected FakeTimeProvider Time { get; } = new(Some.Start);

    private protected RecordingSender Mail { get; } = new(ChannelKind.Email);

    private protected RecordingSender Hook { get; } = new(ChannelKind.Webhook);

    private protected RecordingSender Broker { get; } = new(ChannelKind.Mqtt);

    /// <summary>The senders of further kinds of channels.</summary>
    private protected virtual RecordingSender[] MoreSenders => [];

    /// <summary>The portal's settings.</summary>
    private protected virtual Dictionary<string, string> Settings => [];

    private protected string Serial { get; } = Some.Serial();

    private protected PortalUnderTest Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Portal = await StartAsync();
        var fridge = AlarmBench.Fridge();
        await Portal.RuleAsync(fridge with { Conditions = fridge.Conditions with { Warning = new() { High = 7 } } });
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the portal and starts it again on the same data.</summary>
    private protected async Task RestartAsync(Action? between = null)
    {
        await Portal.DisposeAsync();
        between?.Invoke();
        Portal = await StartAsync();
    }

    private protected Task ImportAsync(string document) => Portal.TellAsync(document);

    /// <summary>Measures a temperature now, and judges it.</summary>
    private protected async Task<AlarmLine?> MeasureAsync(double value, string? serial = null)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var reply = await Portal.Client.MeasureAsync(Some.Body(Some.Record(serial ?? Serial, Some.Now(Time), value)));
        Assert.Equal(201, reply.Status);
        return (await Portal.AlarmsAsync()).FirstOrDefault();
    }

    private protected async Task AcknowledgeAsync(AlarmLine line, string who = "chief@site.example")
    {
        var outcome = await Portal.Get<AlarmActions>().AcknowledgeAsync(
            SiteScope.Everything, new Actor(ActorKind.Person, who), line.Alarm.Id, new Acknowledgement("I look"));
        Assert.True(outcome.IsDone);
    }

    /// <summary>Lets time pass, and waits until all that is due then was attempted.</summary>
    private protected async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await SettleAsync();
    }

    /// <summary>Waits until nothing is due.</summary>
    private protected Task SettleAsync() => Until.TrueAsync(
        () => Deliveries("state IN (1, 2) AND next_utc <= $0", Time.GetUtcNow().ToUnixTimeMilliseconds()).Count == 0);

    /// <summary>Deliveries as "event channel address state end attempts", oldest first.</summary>
    private protected IReadOnlyList<string> Deliveries(string where = "1 = 1", params object[] values) => Portal.Database.Lines(
        $"SELECT event, channel, address, state, end, attempts FROM delivery WHERE {where} ORDER BY id", values);

    /// <summary>Nobody looks for what is silent, because tests let hours pass in which nothing is measured.</summary>
    private async Task<PortalUnderTest> StartAsync()
    {
        var portal = await PortalUnderTest.StartAsync(new()
        {
            Time = Time,
            DataDirectory = _data.Path,
            Settings = Settings,
            Customise = RecordingSender.Replacing([Mail, Hook, Broker, .. MoreSenders]),
        });
        await portal.Get<StandingWatch>().StopAsync(CancellationToken.None);
        return portal;
    }
}
