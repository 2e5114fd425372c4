using Efento.Portal.Notifications.Telling;

namespace Efento.Portal.Tests.Notifications;

/// <summary>A broker keeps no message for ever about an alarm that is over.</summary>
public sealed class RetainedMessagesTests : NotificationContext
{
    private const string Cleared = "event = 9";

    /// <summary>Anna by mail, and a broker.</summary>
    private const string WithBroker = $$"""
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example"},
          {"key":"broker","kind":"mqtt","host":"127.0.0.1"}],
        "people":[{"email":"{{Anna}}"}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[{"people":["{{Anna}}"]},{"channels":["broker"]}]}]}
        """;

    [Fact]
    public async Task Ended_IsTakenBackAfterADay()
    {
        await ImportAsync(WithBroker);
        await MeasureAsync(11);
        await SettleAsync();
        Assert.Empty(Deliveries(Cleared));

        await MeasureAsync(5);
        await SettleAsync();
        Assert.Equal(["9|broker||1||0"], Deliveries(Cleared));

        await PassAsync(RetainedMessages.KeptFor);
        Assert.Equal(["9|broker||3||1"], Deliveries(Cleared));
        Assert.Equal(["raised", "ended", "cleared"], Broker.Said);
        Assert.Equal("", Broker.Attempts[2].Json);
        Assert.Single(Broker.Attempts.Select(a => a.Thread).Distinct());
    }

    [Fact]
    public async Task Ended_AndAcknowledged_IsTakenBackAtOnce_AfterWhatIsSaidOfIt()
    {
        await ImportAsync(WithBroker);
        await MeasureAsync(11);
        var alarm = await MeasureAsync(5);
        await SettleAsync();

        await AcknowledgeAsync(alarm!);
        await SettleAsync();

        Assert.Equal(["raised", "ended", "acknowledged", "cleared"], Broker.Said);
        Assert.Equal(["9|broker||5|4|0", "9|broker||3||1"], Deliveries(Cleared));
    }

    [Fact]
    public async Task Acknowledged_WhileItGoesOn_IsKept()
    {
        await ImportAsync(WithBroker);
        var alarm = (await MeasureAsync(11))!;
        await SettleAsync();
        await AcknowledgeAsync(alarm);
        await SettleAsync();
        Assert.Empty(Deliveries(Cleared));

        await MeasureAsync(5);
        await SettleAsync();

        Assert.Equal(["raised", "acknowledged", "ended", "cleared"], Broker.Said);
    }
}
