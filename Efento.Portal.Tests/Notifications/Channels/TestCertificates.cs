using System.Net;
using System.Security.Cryptography.X509Certificates;
using Efento.Portal.Transport;

namespace Efento.Portal.Tests.Notifications.Channels;

/// <summary>A root and a certificate signed by it. Made with the machine's clock, by which certificates are checked.</summary>
internal sealed class TestCertificates : IDisposable
{
    private const int Days = 30;

    private TestCertificates(X509Certificate2 root, X509Certificate2 server) => (Root, Server) = (root, server);

    public X509Certificate2 Root { get; }

    public X509Certificate2 Server { get; }

    /// <summary>For servers at 127.0.0.1.</summary>
    public static TestCertificates ForThisMachine() => For([], [IPAddress.Loopback]);

    /// <summary>For a server at another name.</summary>
    public static TestCertificates ForAnotherName() => For(["elsewhere.example"], []);

    public void Dispose()
    {
        Server.Dispose();
        Root.Dispose();
    }

    private static TestCertificates For(string[] names, IPAddress[] addresses)
    {
        var now = DateTimeOffset.UtcNow;
        var root = LanCertificates.MakeCa("test", now);
        return new TestCertificates(root, LanCertificates.MakeServer(root, names, addresses, Days, now));
    }
}
