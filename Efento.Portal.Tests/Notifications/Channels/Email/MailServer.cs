using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;
using ServiceProvider = SmtpServer.ComponentModel.ServiceProvider;

namespace Efento.Portal.Tests.Notifications.Channels.Email;

/// <summary>A real mail server on a free port of this machine.</summary>
internal sealed class MailServer : MailboxFilter, IMessageStore, IAsyncDisposable
{
    public const string User = "portal";
    public const string Password = "korrekt-pferd-batterie";

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _mails = new();
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    private MailServer()
    {
    }

    public int Port { get; private set; }

    /// <summary>What was accepted.</summary>
    public IReadOnlyList<MimeMessage> Mails => [.. _mails];

    /// <summary>How senders are answered, if not with yes.</summary>
    public SmtpResponse? ToSenders { get; set; }

    /// <summary>How recipients are answered, if not with yes.</summary>
    public SmtpResponse? ToRecipients { get; set; }

    /// <summary>How a message is answered.</summary>
    public SmtpResponse ToMessages { get; set; } = new(SmtpReplyCode.Ok, "2.0.0 queued as 4711");

    /// <summary>Starts a server: with TLS from the first byte on, or offered if there is a certificate.</summary>
    public static async Task<MailServer> StartAsync(
        X509Certificate2? certificate = null, bool isSecure = false, bool asksForPassword = false)
    {
        var server = new MailServer();
        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, started) => server._port.TrySetResult(((IPEndPoint)started.LocalEndPoint).Port);
        var services = new ServiceProvider();
        services.Add((IEndpointListenerFactory)listeners);
        services.Add((IMessageStore)server);
        services.Add((IMailboxFilter)server);
        services.Add(new DelegatingUserAuthenticator((user, password) => (user, password) == (User, Password)));
        var options = new SmtpServerOptionsBuilder().ServerName("mail.site.example").Endpoint(
            endpoint => Describe(endpoint, certificate, isSecure, asksForPassword)).Build();
        server._running = new SmtpServer.SmtpServer(options, services).StartAsync(server._stop.Token);
        server.Port = await server._port.Task.WaitAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <inheritdoc/>
    public override Task<bool> CanAcceptFromAsync(
        ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => AnswerAsync(ToSenders);

    /// <inheritdoc/>
    public override Task<bool> CanDeliverToAsync(
        ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) => AnswerAsync(ToRecipients);

    /// <inheritdoc/>
    public Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        if ((int)ToMessages.ReplyCode < 300)
        {
            using var mail = new MemoryStream(buffer.ToArray());
            _mails.Enqueue(MimeMessage.Load(mail, CancellationToken.None));
        }

        return Task.FromResult(ToMessages);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private static void Describe(
        EndpointDefinitionBuilder endpoint, X509Certificate2? certificate, bool isSecure, bool asksForPassword)
    {
        endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, 0)).IsSecure(isSecure);
        endpoint.AuthenticationRequired(asksForPassword).AllowUnsecureAuthentication(asksForPassword && certificate is null);
        if (certificate is not null)
        {
            endpoint.Certificate(certificate);
        }
    }

    private static Task<bool> AnswerAsync(SmtpResponse? response) =>
        response is null ? Task.FromResult(true) : throw new SmtpResponseException(response);
}
