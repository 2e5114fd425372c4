using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Efento.Portal.Transport;

/// <summary>
/// Makes certificates for a network that no public CA serves: a private CA, which gateways and browsers must be told to trust, and a server
/// certificate signed by it. They use RSA with 2048 bits and SHA-256, which old gateways accept too.
/// </summary>
internal static class LanCertificates
{
    /// <summary>The longest validity of a server's certificate that browsers accept.</summary>
    public const int MostDays = 825;

    private const int KeyBits = 2048;
    private const int YearsOfCa = 10;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Makes a CA, with its private key.</summary>
    public static X509Certificate2 MakeCa(string name, DateTimeOffset now)
    {
        using var key = RSA.Create(KeyBits);
        var request = Request($"Efento Portal CA {name}", key);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        return request.CreateSelfSigned(Beginning(now), now.AddYears(YearsOfCa));
    }

    /// <summary>Makes a server's certificate with its private key. It expires no later than its CA.</summary>
    public static X509Certificate2 MakeServer(
        X509Certificate2 ca, IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses, int days, DateTimeOffset now)
    {
        using var key = RSA.Create(KeyBits);
        var request = Request(names.Concat(addresses.Select(a => a.ToString())).First(), key);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(AlternativeNames(names, addresses));
        DateTimeOffset end = ca.NotAfter;
        using var signed = request.Create(ca, Beginning(now), now.AddDays(days - 1) < end ? now.AddDays(days - 1) : end, SerialNumber());
        return signed.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(string name, RSA key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name.Length > 64 ? name[..64] : name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static X509Extension AlternativeNames(IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        foreach (var address in addresses)
        {
            alternatives.AddIpAddress(address);
        }

        return alternatives.Build();
    }

    // A gateway's clock may be slightly behind.
    private static DateTimeOffset Beginning(DateTimeOffset now) => now.AddDays(-1);

    private static byte[] SerialNumber()
    {
        var number = RandomNumberGenerator.GetBytes(16);
        number[0] = (byte)((number[0] & 0x7F) | 0x01);
        return number;
    }
}
