using Efento.Portal.Components.Words;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Words;

public sealed class DeliveryWordsTests
{
    [Fact]
    public void Words_OfEachKindEventStateAndEnd_AreThere()
    {
        Assert.All(Enum.GetValues<ChannelKind>(), kind => Assert.NotEmpty(DeliveryWords.Kind(kind)));
        Assert.All(Enum.GetValues<DeliveryEvent>(), its => Assert.NotEmpty(DeliveryWords.Event(its)));
        Assert.All(Enum.GetValues<DeliveryState>(), state => Assert.NotEmpty(DeliveryWords.State(state)));
        Assert.All(Enum.GetValues<DeliveryEnd>(), end => Assert.NotEmpty(DeliveryWords.End(end)));
    }

    [Theory]
    [InlineData(DeliveryState.Queued, 0, 0, false, "Waits to be sent")]
    [InlineData(DeliveryState.Queued, 0, 10, false, "Planned")]
    [InlineData(DeliveryState.Queued, 2, 0, false, "Waits for another attempt")]
    [InlineData(DeliveryState.Accepted, 1, 0, false, "Accepted by the server")]
    [InlineData(DeliveryState.Queued, 0, 0, true, "Waits: the channel is off")]
    [InlineData(DeliveryState.Queued, 0, 10, true, "Planned")]
    [InlineData(DeliveryState.Queued, 2, 0, true, "Waits: the channel is off")]
    [InlineData(DeliveryState.Accepted, 1, 0, true, "Accepted by the server")]
    public void State_OfADelivery_SaysWhatItWaitsFor(DeliveryState state, int attempts, int minutes, bool isOff, string expected)
    {
        var due = Some.Start.AddMinutes(minutes);
        Delivery its = new()
        {
            Key = "msg",
            AlarmId = 1,
            Event = DeliveryEvent.Raised,
            Channel = "mail",
            Chain = "default",
            QueuedUtc = Some.Start,
            DueUtc = due,
            NextUtc = due,
            State = state,
            Attempts = attempts,
        };

        Assert.Equal(expected, DeliveryWords.State(its, Some.Start, isOff));
    }

    [Fact]
    public void Where_OfAChat_TellsNothing_BecauseTheAddressIsASecret() => Assert.Equal(
        "", DeliveryWords.Where(ChannelSecrets.Without(
            new() { Key = "chat", Kind = ChannelKind.Slack, Url = "https://hooks.slack.com/services/T0/B0/x" })));

    [Theory]
    [InlineData(ChannelKind.Email, "mail.site.example", 587, null, "mail.site.example:587")]
    [InlineData(ChannelKind.Webhook, null, null, "https://site.example/hook?key=1", "https://site.example/hook")]
    public void Where_IsTheServerOrTheAddress_WithoutItsQuery(ChannelKind kind, string? host, int? port, string? url, string expected) =>
        Assert.Equal(expected, DeliveryWords.Where(new() { Key = "a", Kind = kind, Host = host, Port = port, Url = url }));
}
