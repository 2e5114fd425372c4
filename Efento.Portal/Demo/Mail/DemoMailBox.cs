using System.Buffers;
using MimeKit;
using SmtpServer;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Efento.Portal.Demo.Mail;

/// <summary>
/// The mail box of a demo: what the portal sends by e-mail comes here, whoever it is for, and goes nowhere else. Thread-safe.
/// </summary>
internal sealed class DemoMailBox(TimeProvider time) : IMessageStore
{
    /// <summary>The most e-mails that are kept, the newest ones.</summary>
    internal const int Most = 200;

    private readonly Lock _lock = new();
    private readonly LinkedList<DemoMail> _mails = [];
    private int _count;

    /// <summary>Something came.</summary>
    public event Action? Changed;

    /// <summary>What came, the newest first.</summary>
    public IReadOnlyList<DemoMail> Mails
    {
        get
        {
            lock (_lock)
            {
                return [.. _mails];
            }
        }
    }

    /// <inheritdoc/>
    public async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(buffer.ToArray());
        using var mail = await MimeMessage.LoadAsync(content, cancellationToken);
        Add(mail);
        return SmtpResponse.Ok;
    }

    private void Add(MimeMessage mail)
    {
        lock (_lock)
        {
            _mails.AddFirst(new DemoMail(++_count, time.GetUtcNow(), mail.To.ToString(), mail.Subject ?? "", mail.TextBody?.Trim() ?? ""));
            if (_mails.Count > Most)
            {
                _mails.RemoveLast();
            }
        }

        Changed?.Invoke();
    }
}
