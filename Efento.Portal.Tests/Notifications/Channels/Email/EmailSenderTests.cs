using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Support;
using MimeKit;
using SmtpServer.Protocol;

namespace Efento.Portal.Tests.Notifications.Channels.Email;

public sealed class EmailSenderTests
{
    private const string Anna = "anna@site.example";

    [Fact]
    public async Task Send_AcceptedMail_HasWhatWasSaid()
    {
        await using var server = await MailServer.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(server), SomeMessage.Raised(Anna) with { Html = "<p>Fridge 2</p>" });

        Assert.Equal((SendOutcome.Accepted, "2.0.0 queued as 4711"), (result.Outcome, result.Answer));
        var mail = Assert.Single(server.Mails);
        Assert.Equal("Critical: Fridge 2, 9.4 °C, limit 8 °C, since 02:14", mail.Subject);
        Assert.Equal(("portal@site.example", Anna), (mail.From.ToString(), mail.To.ToString()));
        Assert.Contains("9.4 °C", mail.TextBody);
        Assert.Contains("https://portal.site.example/alarms/5", mail.TextBody);
        Assert.Equal("<p>Fridge 2</p>", mail.HtmlBody?.Trim());
        Assert.Equal(MessageImportance.High, mail.Importance);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal(Some.Start, mail.Date);
    }

    [Fact]
    public async Task Send_AcceptedMail_WritesDownTheConversationWithoutTheMessage()
    {
        await using var server = await MailServer.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(server), SomeMessage.Raised(Anna));

        Assert.Contains(result.Conversation, line => line.StartsWith("> MAIL FROM:<portal@site.example>", StringComparison.Ordinal));
        Assert.Contains($"> RCPT TO:<{Anna}>", result.Conversation);
        Assert.Contains("> (the message)", result.Conversation);
        Assert.Contains("< 250 2.0.0 queued as 4711", result.Conversation);
        Assert.Contains("> QUIT", result.Conversation);
        Assert.DoesNotContain(result.Conversation, line => line.Contains("alarms/5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_TheSameKeyTwice_HasOneMessageId()
    {
        await using var server = await MailServer.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(server), SomeMessage.Raised(Anna));
        await senders.SendAsync(To(server), SomeMessage.Raised(Anna));
        await senders.SendAsync(To(server), SomeMessage.Raised(Anna) with { Key = "delivery-18" });

        Assert.Equal(3, server.Mails.Count);
        Assert.Equal(server.Mails[0].MessageId, server.Mails[1].MessageId);
        Assert.NotEqual(server.Mails[0].MessageId, server.Mails[2].MessageId);
        Assert.EndsWith("@site.example", server.Mails[0].MessageId);
    }

    [Fact]
    public async Task Send_MessagesOfOneThread_ReferToTheSame()
    {
        await using var server = await MailServer.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(server), SomeMessage.Raised(Anna));
        await senders.SendAsync(To(server), SomeMessage.Raised(Anna) with { Key = "delivery-18", EventType = "alarm.ended" });
        await senders.SendAsync(To(server), SomeMessage.Raised(Anna) with { Key = "delivery-19", Thread = "alarm-6" });

        var threads = server.Mails.Select(mail => (Assert.Single(mail.References), mail.InReplyTo)).ToList();
        Assert.Equal(threads[0], threads[1]);
        Assert.Equal(threads[0].Item1, threads[0].InReplyTo);
        Assert.NotEqual(threads[0], threads[2]);
        Assert.Equal(MessageImportance.Normal, server.Mails[1].Importance);
    }

    [Fact]
    public async Task Send_LineBreaksInTheSubject_BeginNoHeader()
    {
        await using var server = await MailServer.StartAsync();
        using var senders = new SendersUnderTest();

        await senders.SendAsync(To(server), SomeMessage.Raised(Anna) with { Subject = "Fridge\r\nBcc: eve@evil.example\u2028 2\n" });

        var mail = Assert.Single(server.Mails);
        Assert.Equal("Fridge Bcc: eve@evil.example 2", mail.Subject);
        Assert.Empty(mail.Bcc);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("anna@site.example, eve@evil.example")]
    [InlineData("anna@site.example>\r\nRCPT TO:<eve@evil.example")]
    public async Task Send_ToWhatIsNoAddress_IsRefused(string? recipient)
    {
        await using var server = await MailServer.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(server), SomeMessage.Raised(recipient));

        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Contains("is not an e-mail address", result.Answer);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Send_Greylisted_IsTriedAgain()
    {
        await using var server = await MailServer.StartAsync();
        server.ToRecipients = new SmtpResponse((SmtpReplyCode)451, "4.7.1 Greylisted, come back later");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(server), SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.StartsWith("451 4.7.1 Greylisted, come back later", result.Answer);
    }

    [Fact]
    public async Task Send_UnknownRecipient_IsRefused()
    {
        await using var server = await MailServer.StartAsync();
        server.ToRecipients = new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "5.1.1 No such user");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(server), SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.StartsWith("550 5.1.1 No such user", result.Answer);
        Assert.Contains(result.Conversation, line => line.StartsWith("< 550 5.1.1 No such user", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(452, SendOutcome.TryAgain)]
    [InlineData(554, SendOutcome.Refused)]
    public async Task Send_MessageThatIsNotTaken_IsTriedAgainUnlessItNeverWillBe(int code, SendOutcome expected)
    {
        await using var server = await MailServer.StartAsync();
        server.ToMessages = new SmtpResponse((SmtpReplyCode)code, "not today");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(server), SomeMessage.Raised(Anna));

        Assert.Equal((expected, $"{code} not today"), (result.Outcome, result.Answer));
    }

    /// <summary>What concerns the channel is corrected some day, and the message then still matters.</summary>
    [Fact]
    public async Task Send_SenderThatIsNotTaken_IsTriedAgain()
    {
        await using var server = await MailServer.StartAsync();
        server.ToSenders = new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "5.7.1 Not your address");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(server), SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.StartsWith("550 5.7.1 Not your address", result.Answer);
    }

    [Fact]
    public async Task Send_RecipientThatIsTakenFromUsersAlone_IsTriedAgain()
    {
        await using var server = await MailServer.StartAsync();
        server.ToRecipients = new SmtpResponse((SmtpReplyCode)530, "5.7.0 Sign in first");
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(To(server), SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.StartsWith("5.7.0 Sign in first", result.Answer);
    }

    [Theory]
    [InlineData(null, "portal@site.example")]
    [InlineData(" ", "portal@site.example")]
    [InlineData("127.0.0.1", null)]
    [InlineData("127.0.0.1", "portal")]
    public async Task Send_ChannelThatLacksSomething_IsTriedAgain(string? host, string? from)
    {
        using var senders = new SendersUnderTest();
        var channel = new ChannelSettings { Key = "mail", Kind = ChannelKind.Email, Host = host, From = from };

        Assert.Equal(SendOutcome.TryAgain, (await senders.SendAsync(channel, SomeMessage.Raised(Anna))).Outcome);
    }

    internal static ChannelSettings To(MailServer server) => new()
    {
        Key = "mail",
        Kind = ChannelKind.Email,
        Host = "127.0.0.1",
        Port = server.Port,
        From = "portal@site.example",
    };
}
