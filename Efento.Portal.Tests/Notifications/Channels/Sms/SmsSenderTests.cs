using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Tests.Notifications.Channels.Sms;

public sealed class SmsSenderTests
{
    private const string Number = "+48 600 100 200";
    private const string Words = "Critical: Fridge 2, 9.4 °C, limit 8 °C, since 02:14\nhttps://portal.site.example/alarms/5";

    [Fact]
    public async Task Send_ByTwilio_AsksItsAccount()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(201, """{"sid":"SM1"}""");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(
            To(receiver, "Twilio") with { User = "AC12", Password = "token-of-twilio" }, SomeMessage.Raised(Number));

        Assert.Equal((SendOutcome.Accepted, """201 Created: {"sid":"SM1"}"""), (result.Outcome, result.Answer));
        var request = Assert.Single(receiver.Requests);
        Assert.Equal("Basic QUMxMjp0b2tlbi1vZi10d2lsaW8=", request.Headers.Authorization.ToString());
        Assert.Equal(("+48600100200", "+15005550006", Words), (Field(request, "To"), Field(request, "From"), Field(request, "Body")));
        Assert.DoesNotContain(result.Conversation, line => line.Contains("QUMxMjp0b2tlbi1vZi10d2lsaW8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_BySmsApi_SaysWhatMakesARepeatKnown()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(200, """{"count":1,"list":[{"id":"1","status":"QUEUE"}]}""");
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(receiver, "smsapi") with { Password = "token-of-smsapi" }, SomeMessage.Raised(Number));
        var result = await senders.SendAsync(To(receiver, "smsapi") with { Password = "token-of-smsapi" }, SomeMessage.Raised(Number));

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        var (first, second) = (receiver.Requests[0], receiver.Requests[1]);
        Assert.Equal("Bearer token-of-smsapi", first.Headers.Authorization.ToString());
        Assert.Equal(("48600100200", Words), (Field(first, "to"), Field(first, "message")));
        Assert.Equal(("1", "json", "utf-8"), (Field(first, "check_idx"), Field(first, "format"), Field(first, "encoding")));
        Assert.Matches("^[0-9a-f]{32}$", Field(first, "idx"));
        Assert.Equal(Field(first, "idx"), Field(second, "idx"));
    }

    [Theory]
    [InlineData("""{"error":53,"message":"Not unique idx"}""", SendOutcome.Accepted)]
    [InlineData("""{"error":13,"message":"No correct phone numbers"}""", SendOutcome.Refused)]
    [InlineData("""{"error":101,"message":"Authorization failed"}""", SendOutcome.TryAgain)]
    [InlineData("""{"error":"odd"}""", SendOutcome.Accepted)]
    [InlineData("[]", SendOutcome.Accepted)]
    [InlineData("OK", SendOutcome.Accepted)]
    public async Task Send_BySmsApi_ReadsTheFaultInTheBody(string body, SendOutcome expected)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.AnswerWith(200, body);
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(receiver, "smsapi"), SomeMessage.Raised(Number));

        Assert.Equal((expected, $"200 OK: {body}"), (result.Outcome, result.Answer));
    }

    [Fact]
    public async Task Send_ByAForm_StaysOneValueEach()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();
        var message = SomeMessage.Raised(Number) with { Subject = "Room & Co = {to}&to=1\r\n+", Link = null };

        await senders.SendAsync(To(receiver, "to={to}&from={from}&text={text}&id={key}&flash=0"), message);

        var request = Assert.Single(receiver.Requests);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers.ContentType.ToString());
        Assert.Equal(["to", "from", "text", "id", "flash"], QueryHelpers.ParseQuery(request.Body).Keys);
        Assert.Equal(("+48600100200", "+15005550006"), (Field(request, "to"), Field(request, "from")));
        Assert.Equal("Room & Co = {to}&to=1 +", Field(request, "text"));
    }

    [Fact]
    public async Task Send_ByJson_StaysOneValueEach()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();
        var message = SomeMessage.Raised(Number) with { Subject = "Lodówka \"2\", \\ {to}\",\"to\":\"1", Link = null };

        await senders.SendAsync(To(receiver, """{"recipient":{"phone":"{to}"},"body":"{text}"}""") with { Password = "token" }, message);

        var request = Assert.Single(receiver.Requests);
        Assert.Equal("application/json; charset=utf-8", request.Headers.ContentType.ToString());
        Assert.Equal("+48600100200", request.Json.GetProperty("recipient").GetProperty("phone").GetString());
        Assert.Equal(message.Subject, request.Json.GetProperty("body").GetString());
        Assert.Equal("Bearer token", request.Headers.Authorization.ToString());
    }

    [Fact]
    public async Task Send_LongSubject_KeepsItsLinkWhole()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(receiver, "text={text}"), SomeMessage.Raised(Number) with { Subject = new string('a', 1000) });

        var text = Field(Assert.Single(receiver.Requests), "text");
        Assert.Equal(459, text.Length);
        Assert.EndsWith("…\nhttps://portal.site.example/alarms/5", text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna@site.example")]
    [InlineData("12")]
    [InlineData("+48600100200&to=1")]
    [InlineData("+48600100200\n")]
    public async Task Send_ToWhatIsNoNumber_IsRefused(string? recipient)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(receiver, "smsapi"), SomeMessage.Raised(recipient));

        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Contains("is not a phone number", result.Answer);
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData("(600) 100-200", "600100200")]
    [InlineData("0048.600.100.200", "0048600100200")]
    [InlineData("600/100 200", "600100200")]
    public async Task Send_ToNumberAsPeopleWriteIt_SendsDigits(string written, string expected)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(receiver, "to={to}"), SomeMessage.Raised(written));

        Assert.Equal(expected, Field(Assert.Single(receiver.Requests), "to"));
    }

    [Fact]
    public async Task Send_ToNobody_GoesToTheNumberOfTheChannel()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(receiver, "to={to}") with { To = Number }, SomeMessage.Raised(null));
        await senders.SendAsync(To(receiver, "to={to}") with { To = Number }, SomeMessage.Raised("+48600100201"));

        Assert.Equal(["+48600100200", "+48600100201"], receiver.Requests.Select(r => Field(r, "to")));
    }

    private static string Field(ReceivedRequest request, string name) => QueryHelpers.ParseQuery(request.Body)[name].ToString();

    private static ChannelSettings To(HttpReceiver receiver, string template) => new()
    {
        Key = "phones",
        Kind = ChannelKind.Sms,
        Url = receiver.Address.AbsoluteUri,
        From = "+15005550006",
        Template = template,
        AllowPrivateNetworks = true,
    };
}
