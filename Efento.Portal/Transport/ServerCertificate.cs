using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Transport;

/// <summary>
/// The portal's TLS certificate. Its files are polled, as settings files are. New connections use a changed certificate. If it can't be
/// read, the old one stays in use.
/// </summary>
internal sealed partial class ServerCertificate : IHostedService, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RemindEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan RemindBefore = TimeSpan.FromDays(30);

    private readonly TlsOptions _tls;
    private readonly TimeProvider _time;
    private readonly ILogger<ServerCertificate> _log;
    private readonly Lock _lock = new();
    private volatile SslStreamCertificateContext? _current;
    private (FileStamp? Certificate, FileStamp? Key) _read;
    private (FileStamp? Certificate, FileStamp? Key) _seen;
    private DateTimeOffset _remindedUtc = DateTimeOffset.MinValue;
    private ITimer? _timer;

    /// <summary>Reads the certificate, if the settings name one.</summary>
    /// <exception cref="SettingsException">The certificate can't be used.</exception>
    public ServerCertificate(IOptions<PortalOptions> options, TimeProvider time, ILogger<ServerCertificate> log)
    {
        (_tls, _time, _log) = (options.Value.Tls, time, log);
        if (!IsOn)
        {
            return;
        }

        _read = _seen = Stamp();
        _current = Read() is { } fault
            ? throw new SettingsException([new SettingFault("Portal:Tls:CertificatePath", fault, "")])
            : _current;
    }

    /// <summary>Whether there is a certificate at all.</summary>
    public bool IsOn => _tls.CertificatePath is { Length: > 0 };

    /// <summary>The certificate for new connections, with its intermediate certificates.</summary>
    public SslStreamCertificateContext Current => _current!;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsOn)
        {
            Remind();
            _timer = _time.CreateTimer(_ => Look(), null, Every, Every);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        lock (_lock)
        {
            var seen = Stamp();
            var isSettled = seen == _seen;
            _seen = seen;

            // Certificate and key are two files; both must have stopped changing.
            if (isSettled && seen != _read)
            {
                _read = seen;
                TakeNew();
            }

            if (_time.GetUtcNow() - _remindedUtc >= RemindEvery)
            {
                Remind();
            }
        }
    }

    private void TakeNew()
    {
        if (Read() is { } fault)
        {
            LogKept(_log, fault);
            return;
        }

        LogTaken(_log, Current.TargetCertificate.Subject, Current.TargetCertificate.NotAfter.ToUniversalTime());
        Remind();
    }

    /// <summary>Reads the files. Returns null if the certificate is now in use, otherwise the fault.</summary>
    private string? Read()
    {
        try
        {
            _current = CertificateFile.Read(_tls);
            return null;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"\"{_tls.CertificatePath}\" can't be used: {fault.Message.TrimEnd('.')}";
        }
    }

    private void Remind()
    {
        _remindedUtc = _time.GetUtcNow();
        X509Certificate2 certificate = Current.TargetCertificate;
        var left = certificate.NotAfter.ToUniversalTime() - _remindedUtc.UtcDateTime;
        if (left < TimeSpan.Zero)
        {
            LogExpired(_log, certificate.NotAfter.ToUniversalTime());
        }
        else if (left < RemindBefore)
        {
            LogExpiring(_log, (int)left.TotalDays, certificate.NotAfter.ToUniversalTime());
        }
    }

    private (FileStamp? Certificate, FileStamp? Key) Stamp() => (
        FileStamp.Of(_tls.CertificatePath!, _seen.Certificate),
        _tls.KeyPath is { Length: > 0 } key ? FileStamp.Of(key, _seen.Key) : null);

    [LoggerMessage(Level = LogLevel.Information, Message = "The portal shows a new certificate: {Subject}, valid until {Until:yyyy-MM-dd} UTC")]
    private static partial void LogTaken(ILogger log, string subject, DateTime until);

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed certificate {Fault}. The previous one stays in use.")]
    private static partial void LogKept(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The portal's certificate expires in {Days} days, on {Until:yyyy-MM-dd} UTC: gateways and browsers will refuse it then")]
    private static partial void LogExpiring(ILogger log, int days, DateTime until);

    [LoggerMessage(Level = LogLevel.Error, Message = "The portal's certificate expired on {Until:yyyy-MM-dd} UTC: gateways and browsers refuse it")]
    private static partial void LogExpired(ILogger log, DateTime until);
}
