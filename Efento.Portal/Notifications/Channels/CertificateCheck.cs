using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Efento.Portal.Notifications.Channels;

/// <summary>Checks the certificate of one connection and keeps what is wrong with it.</summary>
internal sealed class CertificateCheck(TrustedRoots roots)
{
    /// <summary>What is wrong, or null.</summary>
    public string? Fault { get; private set; }

    public bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Fault = certificate is null
            ? "The server showed no certificate."
            : FaultOf(new X509Certificate2(certificate), chain, errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch));
        return Fault is null;
    }

    private string? FaultOf(X509Certificate2 certificate, X509Chain? shown, bool isForAnotherName)
    {
        using var chain = new X509Chain { ChainPolicy = roots.Policy() };
        chain.ChainPolicy.ExtraStore.AddRange(CertificatesOf(shown));
        var faults = chain.Build(certificate) ? [] : chain.ChainStatus.Select(status => status.StatusInformation).ToList();
        if (isForAnotherName)
        {
            faults.Add("It is for another name.");
        }

        return faults.Count == 0 ? null : $"The certificate {certificate.Subject} is not trusted: {string.Join(' ', faults)}";
    }

    /// <summary>Those between the server's certificate and a root, which servers send along.</summary>
    private static X509Certificate2Collection CertificatesOf(X509Chain? chain) =>
        [.. chain?.ChainElements.Select(element => element.Certificate) ?? []];
}
