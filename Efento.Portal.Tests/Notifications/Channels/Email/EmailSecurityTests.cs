using System.Text;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Tests.Notifications.Channels.Email;

public sealed class EmailSecurityTests
{
    private const string Anna = "anna@site.example";

    [Theory]
    [InlineData(ChannelSecurity.StartTls)]
    [InlineData(ChannelSecurity.Tls)]
    public async Task Send_OverTls_IsAccepted(ChannelSecurity security)
    {
        using var certificates = TestCertificates.ForThisMachine();
        await using var server = await MailServer.StartAsync(certificates.Server, security == ChannelSecurity.Tls);
        using var senders = new SendersUnderTest(certificates.Root);

        var result = await senders.SendAsync(EmailSenderTests.To(server) with { Security = security }, SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Single(server.Mails);
    }

    [Theory]
    [InlineData(ChannelSecurity.StartTls)]
    [InlineData(ChannelSecurity.Tls)]
    public async Task Send_ToCertificateOfAnotherName_IsTriedAgain(ChannelSecurity security)
    {
        using var certificates = TestCertificates.ForAnotherName();
        await using var server = await MailServer.StartAsync(certificates.Server, security == ChannelSecurity.Tls);
        using var senders = new SendersUnderTest(certificates.Root);

        var result = await senders.SendAsync(EmailSenderTests.To(server) with { Security = security }, SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Equal("The certificate CN=elsewhere.example is not trusted: It is for another name.", result.Answer);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Send_ToCertificateOfUnknownRoot_IsTriedAgain()
    {
        using var certificates = TestCertificates.ForThisMachine();
        using var others = TestCertificates.ForThisMachine();
        await using var server = await MailServer.StartAsync(certificates.Server, isSecure: true);
        using var senders = new SendersUnderTest(others.Root);

        var result = await senders.SendAsync(
            EmailSenderTests.To(server) with { Security = ChannelSecurity.Tls }, SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.StartsWith("The certificate CN=127.0.0.1 is not trusted: ", result.Answer);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Send_StartTlsThatIsNotOffered_SendsNothing()
    {
        await using var server = await MailServer.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(
            EmailSenderTests.To(server) with { Security = ChannelSecurity.StartTls }, SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("STARTTLS", result.Answer);
        Assert.DoesNotContain(result.Conversation, line => line.Contains("MAIL FROM", StringComparison.Ordinal));
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData(ChannelSecurity.None)]
    [InlineData(ChannelSecurity.StartTls)]
    public async Task Send_SignedIn_ShowsNoPassword(ChannelSecurity security)
    {
        using var certificates = TestCertificates.ForThisMachine();
        await using var server = await MailServer.StartAsync(
            security == ChannelSecurity.None ? null : certificates.Server, asksForPassword: true);
        using var senders = new SendersUnderTest(certificates.Root);

        var result = await senders.SendAsync(
            EmailSenderTests.To(server) with { Security = security, User = MailServer.User, Password = MailServer.Password },
            SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Contains(result.Conversation, line => line.StartsWith("> AUTH ", StringComparison.Ordinal));
        AssertHidden(result, MailServer.Password);
    }

    [Theory]
    [InlineData("wrong-password")]
    [InlineData("abc")]
    public async Task Send_WrongPassword_IsTriedAgainAndNotShown(string password)
    {
        await using var server = await MailServer.StartAsync(asksForPassword: true);
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(
            EmailSenderTests.To(server) with { User = MailServer.User, Password = password }, SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Contains("535", result.Answer);
        AssertHidden(result, password);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Send_NotSignedInWhereOneMust_IsTriedAgain()
    {
        await using var server = await MailServer.StartAsync(asksForPassword: true);
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(EmailSenderTests.To(server), SomeMessage.Raised(Anna));

        Assert.Equal((SendOutcome.TryAgain, "authentication required"), (result.Outcome, result.Answer));
    }

    [Theory]
    [InlineData("192.0.2.25")]
    [InlineData("mail.site.example")]
    public async Task Send_PasswordInTheClearToAnotherMachine_IsNotSent(string host)
    {
        await using var server = await MailServer.StartAsync();
        using var senders = new SendersUnderTest();

        var result = await senders.SendAsync(
            EmailSenderTests.To(server) with { Host = host, User = MailServer.User, Password = MailServer.Password },
            SomeMessage.Raised(Anna));

        Assert.Equal((SendOutcome.TryAgain, 0), (result.Outcome, result.Conversation.Count));
        Assert.Contains("TLS", result.Answer);
    }

    private static void AssertHidden(SendResult result, string password)
    {
        var shown = string.Join('\n', result.Conversation.Append(result.Answer));
        foreach (var form in new[] { password, $"{MailServer.User}:{password}", $"\0{MailServer.User}\0{password}" })
        {
            Assert.DoesNotContain(form, shown);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(form)), shown);
        }
    }
}
