using Efento.Portal.Notifications.Channels;
using MQTTnet.Protocol;

namespace Efento.Portal.Tests.Notifications.Channels.Mqtt;

public sealed class MqttSenderTests
{
    [Fact]
    public async Task Send_MessagesOfOneThread_KeepsTheLast()
    {
        await using var broker = await Broker.StartAsync();
        using var senders = new SendersUnderTest();
        var ended = SomeMessage.Raised() with { Key = "delivery-18", Json = """{"type":"alarm.ended"}""" };

        var first = await senders.SendAsync(To(broker), SomeMessage.Raised());
        var second = await senders.SendAsync(To(broker), ended);
        await senders.SendAsync(To(broker), SomeMessage.Raised() with { Thread = "alarm-6" });

        Assert.Equal((SendOutcome.Accepted, SendOutcome.Accepted), (first.Outcome, second.Outcome));
        var retained = await broker.RetainedAsync();
        Assert.Equal(2, retained.Count);
        Assert.Equal(ended.Json, retained["efento-portal/alarm-5"]);
        Assert.Equal(SomeMessage.Raised().Json, retained["efento-portal/alarm-6"]);
    }

    [Fact]
    public async Task Send_Nothing_TakesBackWhatIsKept_AndATestIsNotKept()
    {
        await using var broker = await Broker.StartAsync();
        using var senders = new SendersUnderTest();
        await senders.SendAsync(To(broker), SomeMessage.Raised());
        Assert.Single(await broker.RetainedAsync());

        await senders.SendAsync(To(broker), SomeMessage.Raised() with { Json = "", EventType = "alarm.cleared" });
        await senders.SendAsync(To(broker), SomeMessage.Raised() with { IsTest = true });

        Assert.Empty(await broker.RetainedAsync());
    }

    [Fact]
    public async Task Send_Message_WritesDownTheConversation()
    {
        await using var broker = await Broker.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(broker), SomeMessage.Raised());

        Assert.Equal(
            [
                "> CONNECT",
                "< CONNACK Success",
                "> PUBLISH efento-portal/alarm-5 (53 bytes, retained)",
                "< PUBACK NoMatchingSubscribers",
                "> DISCONNECT",
            ],
            result.Conversation);
    }

    [Theory]
    [InlineData("site/fridges/", "site/fridges/alarm-5")]
    [InlineData("  ", "efento-portal/alarm-5")]
    public async Task Send_WithPrefix_PublishesBelowIt(string prefix, string expected)
    {
        await using var broker = await Broker.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(broker) with { Template = prefix }, SomeMessage.Raised());

        Assert.Equal([expected], (await broker.RetainedAsync()).Keys);
    }

    [Theory]
    [InlineData("alarm/5")]
    [InlineData("#")]
    [InlineData("+")]
    [InlineData("Lodówka 2")]
    public async Task Send_ThreadThatIsNoPlainId_IsOneLevel(string thread)
    {
        await using var broker = await Broker.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(broker), SomeMessage.Raised() with { Thread = thread });

        Assert.Matches("^efento-portal/[0-9a-f]{32}$", Assert.Single((await broker.RetainedAsync()).Keys));
    }

    [Theory]
    [InlineData("127.0.0.1", "site/#")]
    [InlineData("127.0.0.1", "$SYS")]
    [InlineData(null, null)]
    public async Task Send_ChannelThatLacksSomething_IsTriedAgain(string? host, string? prefix)
    {
        await using var broker = await Broker.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(broker) with { Host = host, Template = prefix }, SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Empty(await broker.RetainedAsync());
    }

    [Fact]
    public async Task Send_OverTlsWithPassword_IsAccepted()
    {
        using var certificates = TestCertificates.ForThisMachine();
        await using var broker = await Broker.StartAsync(certificates.Server);
        broker.AskForPassword("portal", "korrekt-pferd");
        using var senders = new SendersUnderTest(certificates.Root);

        var result = await senders.SendAsync(
            To(broker) with { Security = ChannelSecurity.Tls, User = "portal", Password = "korrekt-pferd" }, SomeMessage.Raised());

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.DoesNotContain(result.Conversation, line => line.Contains("korrekt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_WrongPassword_IsTriedAgain()
    {
        await using var broker = await Broker.StartAsync();
        broker.AskForPassword("portal", "korrekt-pferd");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(broker) with { User = "portal", Password = "wrong" }, SomeMessage.Raised());

        Assert.Equal((SendOutcome.TryAgain, "BadUserNameOrPassword"), (result.Outcome, result.Answer));
        Assert.Empty(await broker.RetainedAsync());
    }

    [Fact]
    public async Task Send_TopicThatIsNotAllowed_IsTriedAgain()
    {
        await using var broker = await Broker.StartAsync();
        broker.Server.InterceptingPublishAsync += publish =>
        {
            publish.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            publish.Response.ReasonString = "not below efento-portal";
            publish.ProcessPublish = false;
            return Task.CompletedTask;
        };
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(broker), SomeMessage.Raised());

        Assert.Equal((SendOutcome.TryAgain, "NotAuthorized: not below efento-portal"), (result.Outcome, result.Answer));
    }

    [Fact]
    public async Task Send_ToCertificateOfAnotherName_IsTriedAgain()
    {
        using var certificates = TestCertificates.ForAnotherName();
        await using var broker = await Broker.StartAsync(certificates.Server);
        using var senders = new SendersUnderTest(certificates.Root);

        var result = await senders.SendAsync(To(broker) with { Security = ChannelSecurity.Tls }, SomeMessage.Raised());

        Assert.Equal(
            (SendOutcome.TryAgain, "The certificate CN=elsewhere.example is not trusted: It is for another name."),
            (result.Outcome, result.Answer));
        Assert.Empty(await broker.RetainedAsync());
    }

    [Fact]
    public async Task Send_WhereNobodyListens_IsTriedAgain()
    {
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(SilentServer.PortOfNobody()), SomeMessage.Raised());

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("Connection refused", result.Answer);
    }

    [Fact]
    public async Task Send_ToServerThatSaysNothing_IsGivenUpAfterItsTime()
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();

        var sending = senders.SendAsync(To(server.Port), SomeMessage.Raised());
        using var connection = await server.AcceptAsync();
        senders.Time.Advance(TimeSpan.FromSeconds(30));

        var result = await sending;
        Assert.Equal((SendOutcome.TryAgain, "No answer within 30 s."), (result.Outcome, result.Answer));
    }

    [Fact]
    public async Task Send_Cancelled_ThrowsThatAlone()
    {
        using var server = new SilentServer();
        using var senders = new SendersUnderTest();
        using var stop = new CancellationTokenSource();

        var sending = senders.SendAsync(To(server.Port), SomeMessage.Raised(), stop.Token);
        using var connection = await server.AcceptAsync();
        await stop.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(stop.Token, thrown.CancellationToken);
    }

    private static ChannelSettings To(Broker broker) => To(broker.Port);

    private static ChannelSettings To(int port) => new() { Key = "broker", Kind = ChannelKind.Mqtt, Host = "127.0.0.1", Port = port };
}
