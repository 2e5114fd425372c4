using System.Globalization;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Http;
using Efento.Portal.Tests.Support;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace Efento.Portal.Tests.Notifications.Channels.Webhooks;

public sealed class WebhookSenderTests
{
    private const string Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    /// <summary>Receivers check the time by their own clock, so the portal's clock is the machine's here.</summary>
    [Fact]
    public async Task Send_Signed_IsGenuineToTheLibraryOfTheStandard()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();
        senders.Time.SetUtcNow(Some.Now(TimeProvider.System));

        await senders.SendAsync(Signed(receiver), SomeMessage.Raised());

        var request = Assert.Single(receiver.Requests);
        Assert.Equal(SomeMessage.Raised().Json, request.Body);
        new StandardWebhook(Secret).Verify(request.Body, request.Headers);
        Assert.Throws<WebhookVerificationException>(() => new StandardWebhook(Secret).Verify(request.Body + " ", request.Headers));
    }

    [Fact]
    public async Task Send_EachAttempt_HasTheSameIdAndItsOwnTime()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(Signed(receiver), SomeMessage.Raised());
        senders.Time.Advance(TimeSpan.FromSeconds(15));
        await senders.SendAsync(Signed(receiver), SomeMessage.Raised());

        Assert.Equal(["delivery-17", "delivery-17"], Values(receiver, "webhook-id"));
        var first = Some.Start.ToUnixTimeSeconds();
        Assert.Equal(
            new[] { first, first + 15 }.Select(at => at.ToString(CultureInfo.InvariantCulture)), Values(receiver, "webhook-timestamp"));
        Assert.Equal(2, Values(receiver, "webhook-signature").Distinct().Count());
        Assert.Equal(["application/json; charset=utf-8"], Values(receiver, "Content-Type").Distinct());
    }

    [Fact]
    public async Task Send_WithoutSecret_IsNotSigned()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(Signed(receiver) with { Secret = null }, SomeMessage.Raised());

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.DoesNotContain("webhook-signature", Assert.Single(receiver.Requests).Headers.Keys);
    }

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    public async Task Send_SecretThatIsNone_SendsNothing(string secret)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(Signed(receiver) with { Secret = secret }, SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Send_ServerThatEchoesTheSecret_IsQuotedWithoutIt()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(400, $"bad secret {Secret}");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(Signed(receiver), SomeMessage.Raised());

        Assert.Equal("400 Bad Request: bad secret ***", result.Answer);
        Assert.DoesNotContain(result.Conversation, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Values(HttpReceiver receiver, string header) =>
        receiver.Requests.Select(request => request.Headers[header].ToString());

    private static ChannelSettings Signed(HttpReceiver receiver) => OutgoingHttpTests.Hook(receiver) with { Secret = Secret };
}
