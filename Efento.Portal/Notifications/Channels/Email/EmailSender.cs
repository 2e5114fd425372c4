using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Efento.Portal.Notifications.Channels.Email;

/// <summary>Sends e-mail through a server of the site.</summary>
internal sealed class EmailSender(Attempt attempt, AccessTokens tokens, TimeProvider time, TrustedRoots roots) : IChannelSender
{
    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Email;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var conversation = new Conversation(Secrets.Of(channel));
        return attempt.RunAsync(conversation, token => SendAsync(channel, message, conversation, token), cancellationToken);
    }

    private Task<Verdict> SendAsync(
        ChannelSettings channel, OutgoingMessage message, Conversation conversation, CancellationToken cancellationToken)
    {
        if (FaultOf(channel) is { } fault)
        {
            return Task.FromResult(Verdict.TryAgain(fault));
        }

        if (EmailComposer.AddressOf(message.Recipient) is not { } to)
        {
            return Task.FromResult(Verdict.Refused($"\"{message.Recipient}\" is not an e-mail address."));
        }

        var mail = EmailComposer.Compose(message, EmailComposer.AddressOf(channel.From)!, to, time.GetUtcNow());
        return channel.TokenUrl is null
            ? SendAsync(channel, mail, null, conversation, cancellationToken)
            : SendWithTokenAsync(channel, mail, conversation, cancellationToken);
    }

    /// <summary>A token that was kept may have been taken back: then a new one is tried, once.</summary>
    private async Task<Verdict> SendWithTokenAsync(
        ChannelSettings channel, MimeMessage mail, Conversation conversation, CancellationToken cancellationToken)
    {
        var (token, fault) = await tokens.GetAsync(channel, conversation, cancellationToken);
        if (token is null)
        {
            return Verdict.TryAgain(fault);
        }

        try
        {
            return await SendAsync(channel, mail, token, conversation, cancellationToken);
        }
        catch (AuthenticationException refusal)
        {
            tokens.Forget(channel);
            if (!token.IsKept)
            {
                return Verdict.TryAgain(FaultWords.Of(refusal));
            }

            conversation.Noted(FaultWords.Of(refusal));
            return await SendWithTokenAsync(channel, mail, conversation, cancellationToken);
        }
    }

    private static string? FaultOf(ChannelSettings channel) =>
        string.IsNullOrWhiteSpace(channel.Host) ? "The channel names no server."
        : EmailComposer.AddressOf(channel.From) is null ? $"The channel's sender \"{channel.From}\" is not an e-mail address."
        : WouldShowPassword(channel) ? "A password is sent with TLS only, unless the server is on this machine."
        : null;

    private static bool WouldShowPassword(ChannelSettings channel) =>
        channel is { Security: ChannelSecurity.None, User: not null } && !IsThisMachine(channel.Host!);

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private async Task<Verdict> SendAsync(
        ChannelSettings channel, MimeMessage mail, AccessToken? token, Conversation conversation, CancellationToken cancellationToken)
    {
        var certificate = new CertificateCheck(roots);
        using var log = new SmtpConversation(conversation);
        using var client = new SmtpClient(log)
        {
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = (_, shown, chain, errors) => certificate.IsTrusted(shown, chain, errors),
        };
        try
        {
            await OpenAsync(client, channel, token, cancellationToken);
            var answer = await client.SendAsync(mail, cancellationToken);
            await LeaveAsync(client, conversation, cancellationToken);
            return Verdict.Accepted(answer);
        }
        catch (SmtpCommandException refusal)
        {
            return SmtpVerdicts.Of(refusal);
        }
        catch (SslHandshakeException) when (certificate.Fault is { } fault)
        {
            return Verdict.TryAgain(fault);
        }
    }

    private static async Task OpenAsync(
        SmtpClient client, ChannelSettings channel, AccessToken? token, CancellationToken cancellationToken)
    {
        var (security, usualPort) = channel.Security switch
        {
            ChannelSecurity.Tls => (SecureSocketOptions.SslOnConnect, 465),
            ChannelSecurity.StartTls => (SecureSocketOptions.StartTls, 587),
            _ => (SecureSocketOptions.None, 25),
        };
        await client.ConnectAsync(channel.Host!, channel.Port ?? usualPort, security, cancellationToken);
        if (token is not null)
        {
            await client.AuthenticateAsync(MechanismOf(client, channel.User ?? "", token), cancellationToken);
        }
        else if (channel.User is { } user)
        {
            await client.AuthenticateAsync(user, channel.Password ?? "", cancellationToken);
        }
    }

    /// <summary>Servers know the one that came first, or the one that became the standard (RFC 7628).</summary>
    private static SaslMechanism MechanismOf(SmtpClient client, string user, AccessToken token)
    {
        var first = new SaslMechanismOAuth2(user, token.Text);
        return client.AuthenticationMechanisms.Contains(first.MechanismName) ? first : new SaslMechanismOAuthBearer(user, token.Text);
    }

    /// <summary>The server has the message, whatever happens now. A fault must not have it sent again.</summary>
    private static async Task LeaveAsync(SmtpClient client, Conversation conversation, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception fault)
        {
            conversation.Noted(FaultWords.Of(fault));
        }
    }
}
