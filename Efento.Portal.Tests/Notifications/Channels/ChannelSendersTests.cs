using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Tests.Notifications.Channels;

public sealed class ChannelSendersTests
{
    /// <summary>Nothing is lost without a word where a channel was set up for a kind that is not there.</summary>
    [Fact]
    public async Task Send_ByAKindWithoutSender_IsRefusedInWords()
    {
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(new ChannelSettings { Key = "push", Kind = (ChannelKind)200 }, SomeMessage.Raised());

        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Equal("The portal has no sender for channels of the kind 200.", result.Answer);
    }
}
