using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Notifications.Channels.Email;
using Efento.Portal.Tests.Support;
using MQTTnet;
using MQTTnet.Formatter;

namespace Efento.Portal.Tests.Notifications.Channels;

/// <summary>Channels speak with servers that sites have, set up with TLS, as Debian has them.</summary>
[Trait(Category.Name, Category.Fault)]
[UnsupportedOSPlatform("windows")]
public sealed class WidespreadServersTests : IDisposable
{
    private const string Anna = "anna@site.example";
    private const string User = "portal";
    private const string Password = "korrekt-pferd";

    private readonly TemporaryDirectory _directory = new();
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private readonly int _port = ServerProcess.FreePort();

    public void Dispose()
    {
        _certificate.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Postfix_OverStartTls_TakesTheMailAndDeliversIt()
    {
        await using var mailbox = await MailServer.StartAsync();
        using var server = await StartPostfixAsync(mailbox.Port);
        using var senders = new SendersUnderTest(_certificate);

        var result = await senders.SendAsync(
            new()
            {
                Key = "mail",
                Kind = ChannelKind.Email,
                Host = "127.0.0.1",
                Port = _port,
                Security = ChannelSecurity.StartTls,
                From = "portal@site.example",
            },
            SomeMessage.Raised(Anna));

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Contains("> STARTTLS", result.Conversation);
        await Until.TrueAsync(() => mailbox.Mails.Count == 1);
        Assert.Equal(SomeMessage.Raised().Subject, mailbox.Mails[0].Subject);
        Assert.Contains(SomeMessage.Raised().Text.Split('\n')[0], mailbox.Mails[0].TextBody);
    }

    [Theory]
    [InlineData(Password, SendOutcome.Accepted)]
    [InlineData("wrong", SendOutcome.TryAgain)]
    public async Task Mosquitto_OverTlsWithPassword_KeepsTheMessageOfWhoeverIsLetIn(string password, SendOutcome expected)
    {
        using var server = await StartBrokerAsync();
        using var senders = new SendersUnderTest(_certificate);

        var result = await senders.SendAsync(
            new()
            {
                Key = "broker",
                Kind = ChannelKind.Mqtt,
                Host = "127.0.0.1",
                Port = _port,
                Security = ChannelSecurity.Tls,
                User = User,
                Password = password,
            },
            SomeMessage.Raised());

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(expected is SendOutcome.Accepted ? SomeMessage.Raised().Json : null, await RetainedAsync("efento-portal/alarm-5"));
    }

    private async Task<ServerProcess> StartPostfixAsync(int deliversTo)
    {
        var (certificate, key) = await WriteCertificateAsync();
        var (root, data) = (_directory.Path, Path.Combine(_directory.Path, "data"));

        // Its parts run as the user "postfix", who has to find them.
        foreach (var directory in new[] { root, data, Path.Combine(root, "queue") })
        {
            Directory.CreateDirectory(directory);
            File.SetUnixFileMode(
                directory,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                    | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        await RunAsync("chown", "postfix", data);
        await WriteAsync("main.cf", $"""
            compatibility_level = 3.6
            queue_directory = {root}/queue
            data_directory = {data}
            maillog_file = /dev/stdout
            myhostname = mail.site.example
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            relayhost = [127.0.0.1]:{deliversTo}
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_tls_security_level = encrypt
            smtpd_tls_cert_file = {certificate}
            smtpd_tls_key_file = {key}

            """);
        await WriteAsync("master.cf", $"""
            127.0.0.1:{_port} inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            proxymap unix - - n - - proxymap
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            smtp unix - - n - - smtp
            error unix - - n - - error
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """);

        // A portal of another test may have taken rights from all files that this process makes.
        return await new ServerProcess("sh", "-c", $"umask 022 && exec postfix -c '{root}' start-fg").ListeningAsync(_port);
    }

    private async Task<ServerProcess> StartBrokerAsync()
    {
        var (certificate, key) = await WriteCertificateAsync();
        var passwords = Path.Combine(_directory.Path, "passwords");
        await RunAsync("mosquitto_passwd", "-b", "-c", passwords, User, Password);
        var settings = await WriteAsync("mosquitto.conf", $"""
            user root
            listener {_port} 127.0.0.1
            certfile {certificate}
            keyfile {key}
            allow_anonymous false
            password_file {passwords}

            """);
        return await new ServerProcess("mosquitto", "-c", settings).ListeningAsync(_port);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>What the broker keeps of a topic; null if nothing. It answers a later question after it has told what it keeps.</summary>
    private async Task<string?> RetainedAsync(string topic)
    {
        string? kept = null;
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += received =>
        {
            kept = received.ApplicationMessage.ConvertPayloadToString();
            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer("127.0.0.1", _port)
            .WithCredentials(User, Password)
            .WithTlsOptions(tls => tls.UseTls().WithCertificateValidationHandler(_ => true))
            .Build();
        await client.ConnectAsync(options, TestContext.Current.CancellationToken);
        await client.SubscribeAsync(topic, cancellationToken: TestContext.Current.CancellationToken);
        await client.PingAsync(TestContext.Current.CancellationToken);
        await client.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        return kept;
    }

    private async Task<(string Certificate, string Key)> WriteCertificateAsync() => (
        await WriteAsync("certificate.pem", _certificate.ExportCertificatePem() + "\n"),
        await WriteAsync("key.pem", _certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n"));

    /// <summary>With a key of RSA, as most servers have.</summary>
    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_directory.Path, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
