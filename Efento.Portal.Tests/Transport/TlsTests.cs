using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;
using Efento.Portal.Transport;

namespace Efento.Portal.Tests.Transport;

/// <summary>The portal behind its own TLS, asked over real connections that trust nothing but the CA.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CertificateDirectory _files;
    private readonly X509Certificate2 _ca;

    public TlsTests()
    {
        _files = new CertificateDirectory(_directory.Path);
        _ca = LanCertificates.MakeCa("test", DateTimeOffset.UtcNow);
        _files.WriteCa(_ca);
        Renew();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Connection_OfGatewayThatTrustsTheCa_IsTaken(SslProtocols protocol)
    {
        await using var portal = await StartAsync();

        using var shown = await ConnectAsync(portal, protocol);

        Assert.Equal(CertificateOnDisk(), shown.RemoteCertificate!.GetCertHashString());
        Assert.Equal(protocol, shown.SslProtocol);
    }

    [Fact]
    public async Task Measurements_OverTls_AreStored()
    {
        await using var portal = await StartAsync();
        using var http = new HttpClient(Handler()) { BaseAddress = portal.SecureAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, GatewayPaths.Measurements)
        {
            Content = new StringContent(Some.Body(Some.Record(Some.Serial(), Some.Now())))
        };
        request.Headers.Add("X-Api-Token", PortalUnderTest.GatewayToken);

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(1, portal.Database.Count("reading"));
    }

    [Fact]
    public async Task Url_OfTls_IsBesideTheOthers()
    {
        await using var portal = await StartAsync();

        Assert.Equal("http", portal.Address.Scheme);
        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task Certificate_ReplacedOnDisk_IsShownToNewConnectionsAndOldOnesGoOn()
    {
        await using var portal = await StartAsync();
        using var before = await ConnectAsync(portal);
        var old = CertificateOnDisk();

        Renew();

        await Until.TrueAsync(async () =>
        {
            using var now = await ConnectAsync(portal);
            return now.RemoteCertificate!.GetCertHashString() == CertificateOnDisk();
        });
        Assert.NotEqual(old, CertificateOnDisk());
        await before.WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        var answer = new byte[12];
        await before.ReadExactlyAsync(answer);
        Assert.Equal("HTTP/1.1 200"u8.ToArray(), answer);
    }

    [Fact]
    public async Task Certificate_ReplacedByRubbish_IsLoggedAndTheOldOneStays()
    {
        await using var portal = await StartAsync();
        var old = CertificateOnDisk();

        await File.WriteAllTextAsync(_files.Server, "-----BEGIN RUBBISH-----");

        await Until.TrueAsync(() => portal.Log.Any(line => line.StartsWith("Error: The changed certificate", StringComparison.Ordinal)));
        using var now = await ConnectAsync(portal);
        Assert.Equal(old, now.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task Certificate_ReplacedByOneOfAnotherKey_IsLoggedAndTheOldOneStays()
    {
        await using var portal = await StartAsync();
        var old = CertificateOnDisk();
        using var other = LanCertificates.MakeServer(_ca, ["localhost"], [], 10, DateTimeOffset.UtcNow);

        await File.WriteAllTextAsync(_files.Server, other.ExportCertificatePem());

        await Until.TrueAsync(() => portal.Log.Any(line => line.StartsWith("Error: The changed certificate", StringComparison.Ordinal)));
        using var now = await ConnectAsync(portal);
        Assert.Equal(old, now.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task Certificate_ExpiringSoon_IsWarnedOf()
    {
        Renew(days: 20);

        await using var portal = await StartAsync();

        Assert.Contains(
            portal.Log, line => line.StartsWith("Warning: The portal's certificate expires in 18 days", StringComparison.Ordinal)
            || line.StartsWith("Warning: The portal's certificate expires in 19 days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Certificate_Missing_StopsTheStart()
    {
        File.Delete(_files.Server);

        var fault = await Assert.ThrowsAsync<SettingsException>(() => StartAsync());

        Assert.Contains("Portal:Tls:CertificatePath", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_AsPfxWithPassword_IsTaken()
    {
        using var server = X509Certificate2.CreateFromPemFile(_files.Server, _files.ServerKey);
        var pfx = Path.Combine(_directory.Path, "server.bin");
        await File.WriteAllBytesAsync(pfx, server.Export(X509ContentType.Pkcs12, "a password of a pfx"));
        await using var portal = await PortalUnderTest.StartAsync(new()
        {
            Settings = { ["Portal:Tls:Url"] = "https://127.0.0.1:0", ["Portal:Tls:CertificatePath"] = pfx, ["Portal:Tls:Password"] = "a password of a pfx" },
        });

        using var shown = await ConnectAsync(portal);

        Assert.Equal(CertificateOnDisk(), shown.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task Certificate_OfCaInBetween_IsShownWithIt()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=in between", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var rootKey = RSA.Create(2048);
        var rootRequest = new CertificateRequest("CN=root", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(300));
        using var signed = request.Create(root, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(200), [1, 2, 3]);
        using var between = signed.CopyWithPrivateKey(key);
        using var server = LanCertificates.MakeServer(between, ["localhost"], [IPAddress.Loopback], 100, DateTimeOffset.UtcNow);
        _files.WriteServer(server);
        await File.AppendAllTextAsync(_files.Server, between.ExportCertificatePem());
        await using var portal = await StartAsync();

        using var shown = await ConnectAsync(portal, root: root);

        Assert.Equal(server.GetCertHashString(), shown.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task PlainHttp_WithRequireHttps_IsRefusedWithTheReasonAndCounted()
    {
        await using var portal = await StartAsync(("Portal:Ingest:RequireHttps", "true"));

        var plain = await portal.Client.BeatAsync("{}");
        using var http = new HttpClient(Handler()) { BaseAddress = portal.SecureAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, GatewayPaths.Heartbeat) { Content = new StringContent("{}") };
        request.Headers.Add("X-Api-Token", PortalUnderTest.GatewayToken);
        using var secure = await http.SendAsync(request);

        Assert.Equal((401, null), (plain.Status, plain["Location"]));
        Assert.Contains("HTTPS only", plain.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, secure.StatusCode);
        Assert.Equal(
            ["PlainHttp 1"],
            portal.Get<Efento.Portal.Access.RefusalCounter>().Recent(TimeSpan.FromHours(1)).Select(r => $"{r.Reason} {r.Count}"));
    }

    [Fact]
    public async Task Cookie_OverTls_IsBoundToTheHostAndSafe()
    {
        await using var portal = await StartAsync(("Portal:Tls:Hsts", "365.00:00:00"));
        var handler = Handler();
        using var people = new PeopleClient(portal.SecureAddress, handler);

        using var answer = await people.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);
        using var page = await people.GetAsync("gateways");

        var cookie = Assert.Single(
            answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("__Host-efento-portal=", StringComparison.Ordinal)).Split("; ");
        Assert.All(["path=/", "secure", "samesite=lax", "httponly"], part => Assert.Contains(part, cookie));
        Assert.DoesNotContain(cookie, part => part.StartsWith("domain", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        Assert.Equal("same-origin", Assert.Single(page.Headers.GetValues("Cross-Origin-Opener-Policy")));
    }

    public void Dispose()
    {
        _ca.Dispose();
        _directory.Dispose();
    }

    private Task<PortalUnderTest> StartAsync(params (string Key, string Value)[] settings)
    {
        var start = new PortalStart
        {
            Settings =
            {
                ["Portal:Tls:Url"] = "https://127.0.0.1:0",
                ["Portal:Tls:CertificatePath"] = _files.Server,
                ["Portal:Tls:KeyPath"] = _files.ServerKey,
            },
        };
        Array.ForEach(settings, setting => start.Settings[setting.Key] = setting.Value);
        return PortalUnderTest.StartAsync(start);
    }

    private void Renew(int days = 100)
    {
        using var server = LanCertificates.MakeServer(_ca, ["localhost"], [IPAddress.Loopback], days, DateTimeOffset.UtcNow);
        _files.WriteServer(server);
    }

    private string CertificateOnDisk()
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_files.Server);
        return certificate.GetCertHashString();
    }

    private async Task<SslStream> ConnectAsync(
        PortalUnderTest portal, SslProtocols protocol = SslProtocols.None, X509Certificate2? root = null)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, portal.SecureAddress.Port);
        var connection = new SslStream(tcp.GetStream());
        await connection.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            EnabledSslProtocols = protocol,
            CertificateChainPolicy = Trust(root ?? _ca),
        });
        return connection;
    }

    private HttpClientHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        CheckCertificateRevocationList = false,
        ServerCertificateCustomValidationCallback = (_, certificate, _, faults) =>
        {
            using var chain = new X509Chain { ChainPolicy = Trust(_ca) };
            return (faults & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && chain.Build(certificate!);
        },
    };

    private static X509ChainPolicy Trust(X509Certificate2 root)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        return policy;
    }
}
