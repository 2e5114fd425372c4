using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Efento.Portal.Configuration;

namespace Efento.Portal.Transport;

/// <summary>Reads a server's certificate with its private key: PEM or PFX, regardless of the file name.</summary>
internal static class CertificateFile
{
    /// <summary>Reads it.</summary>
    /// <exception cref="CryptographicException">There is no certificate with its private key, or the password is wrong.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file can't be read.</exception>
    public static SslStreamCertificateContext Read(TlsOptions tls)
    {
        var file = File.ReadAllBytes(tls.CertificatePath!);
        var isPem = file.AsSpan().IndexOf("-----BEGIN "u8) >= 0;
        var all = isPem ? ReadPem(Encoding.UTF8.GetString(file), tls) : X509CertificateLoader.LoadPkcs12Collection(file, tls.Password);
        var own = all.FirstOrDefault(c => c.HasPrivateKey)
            ?? throw new CryptographicException("There is no private key with the certificate.");
        return SslStreamCertificateContext.Create(own, [.. all.Where(c => c != own)], offline: true);
    }

    private static X509Certificate2Collection ReadPem(string certificates, TlsOptions tls)
    {
        var key = tls.KeyPath is { Length: > 0 } path ? File.ReadAllText(path) : certificates;
        using var read = tls.Password is { Length: > 0 } password
            ? X509Certificate2.CreateFromEncryptedPem(certificates, key, password)
            : X509Certificate2.CreateFromPem(certificates, key);
        X509Certificate2Collection all = [];
        all.ImportFromPem(certificates);

        // The first certificate is the server's own. Windows accepts only keys that come from a PFX.
        all[0].Dispose();
        all[0] = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        return all;
    }
}
