using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.CommandLine;

public sealed class TlsCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task SelfSigned_Names_MakesWhatGatewaysAndBrowsersTake()
    {
        var run = await MakeAsync("--name", "portal.lan", "--ip", "192.168.1.10", "--ip", "fd00::10");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        using var ca = Load("ca.pem");
        using var der = Load("ca.der");
        using var server = Load("server.pem");
        Assert.Equal(ca.RawData, der.RawData);
        Assert.Equal(ca.RawData, await File.ReadAllBytesAsync(At("ca.der")));
        Assert.All(
            [ca, server], c => Assert.Equal(("1.2.840.113549.1.1.11", 2048), (c.SignatureAlgorithm.Value, c.GetRSAPublicKey()!.KeySize)));
        var names = server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["portal.lan"], names.EnumerateDnsNames());
        Assert.Equal(["192.168.1.10", "fd00::10"], names.EnumerateIPAddresses().Select(a => a.ToString()));
        Assert.InRange((server.NotAfter - server.NotBefore).TotalDays, 800, 825);
        Assert.Equal(
            (true, 0),
            ca.Extensions.OfType<X509BasicConstraintsExtension>().Select(c => (c.CertificateAuthority, c.PathLengthConstraint)).Single());
        Assert.False(server.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(
            ["1.3.6.1.5.5.7.3.1"],
            server.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(u => u.Value));
        Assert.True(IsTrusted(server, ca));
        Assert.True(server.MatchesHostname("portal.lan"));
        Assert.True(server.MatchesHostname("192.168.1.10"));
    }

    [Fact]
    public async Task SelfSigned_Done_SaysWhatToUpload()
    {
        var run = await MakeAsync("--ip", "192.168.1.10");

        Assert.Contains("Upload the CA to each gateway", run.Output, StringComparison.Ordinal);
        Assert.Contains(At("ca.pem"), run.Output, StringComparison.Ordinal);
        Assert.Contains(At("ca.der"), run.Output, StringComparison.Ordinal);
        Assert.Contains($"Portal__Tls__CertificatePath={At("server.pem")}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SelfSigned_Keys_AreTheirOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");

        await MakeAsync("--name", "portal.lan");
        await MakeAsync("--name", "portal.lan");

        Assert.All(
            ["ca-key.pem", "server-key.pem"], key =>
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(At(key)).UnixFileMode));
    }

    [Fact]
    public async Task SelfSigned_Again_UsesTheCaThatIsThere()
    {
        await MakeAsync("--name", "portal.lan");
        var ca = await File.ReadAllBytesAsync(At("ca.der"));
        using var before = Load("server.pem");

        var run = await MakeAsync("--name", "other.lan", "--days", "30");

        using var known = Load("ca.pem");
        using var server = Load("server.pem");
        Assert.Equal(ca, known.RawData);
        Assert.NotEqual(before.RawData, server.RawData);
        Assert.True(IsTrusted(server, known));
        Assert.Contains("need nothing new", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SelfSigned_CaWithoutItsKey_ChangesNothing()
    {
        await MakeAsync("--name", "portal.lan");
        File.Delete(At("ca-key.pem"));
        var before = await File.ReadAllBytesAsync(At("server.pem"));

        var run = await MakeAsync("--name", "portal.lan");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("without its key", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(At("server.pem")));
    }

    [Theory]
    [InlineData()]
    [InlineData("--name", "not a name")]
    [InlineData("--name", "192.168.1.10")]
    [InlineData("--ip", "portal.lan")]
    [InlineData("--name", "portal.lan", "--days", "826")]
    [InlineData("--name", "portal.lan", "--days", "0")]
    public async Task SelfSigned_WrongArguments_AreRefused(params string[] arguments)
    {
        Assert.Equal(2, (await MakeAsync(arguments)).ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    public void Dispose() => _directory.Dispose();

    private Task<CommandRun> MakeAsync(params string[] arguments) =>
        CommandRun.OfAsync(["tls", "self-signed", "--out", _directory.Path, .. arguments]);

    private string At(string file) => Path.Combine(_directory.Path, file);

    private X509Certificate2 Load(string file) => X509CertificateLoader.LoadCertificateFromFile(At(file));

    private static bool IsTrusted(X509Certificate2 certificate, X509Certificate2 ca)
    {
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck }
        };
        chain.ChainPolicy.CustomTrustStore.Add(ca);
        return chain.Build(certificate);
    }
}
