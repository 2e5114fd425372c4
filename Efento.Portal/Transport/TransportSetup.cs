using System.Security.Authentication;
using Efento.Portal.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Efento.Portal.Transport;

/// <summary>Registers HTTPS and the security headers.</summary>
internal static class TransportSetup
{
    private const string Key = $"{PortalOptions.Section}:{nameof(PortalOptions.Tls)}";

    /// <summary>Certificates have some thousand bytes, and the weakest links carry a hundred bytes a second.</summary>
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Listens with HTTPS too, if there is a certificate.</summary>
    public static void AddTransport(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServerCertificate>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ServerCertificate>());
        builder.Services.AddOptions<KestrelServerOptions>().Configure<ServerCertificate>((kestrel, certificate) =>
        {
            if (certificate.IsOn)
            {
                kestrel.ConfigureHttpsDefaults(https => Use(https, certificate));
            }
        });
        var tls = builder.Configuration.GetSection(Key);
        var url = tls[nameof(TlsOptions.Url)] ?? new TlsOptions().Url;
        if (tls[nameof(TlsOptions.CertificatePath)] is { Length: > 0 } && url is { Length: > 0 })
        {
            builder.WebHost.UseUrls([.. Listening(builder.Configuration), url]);
        }
    }

    private static void Use(HttpsConnectionAdapterOptions https, ServerCertificate certificate)
    {
        https.HandshakeTimeout = HandshakeTimeout;
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ServerCertificateSelector = (_, _) => certificate.Current.TargetCertificate;
        https.OnAuthenticate = (_, connection) =>
        {
            // The selector does not support intermediate certificates.
            connection.ServerCertificateSelectionCallback = null;
            connection.ServerCertificateContext = certificate.Current;
        };
    }

    /// <summary>The addresses it listens on without this. Port settings count only if no addresses are set.</summary>
    private static IEnumerable<string> Listening(IConfiguration configuration)
    {
        var urls = Parts(configuration[WebHostDefaults.ServerUrlsKey]);
        return urls.Length > 0 ? urls :
        [
            .. Parts(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
            .. Parts(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
        ];
    }

    private static string[] Parts(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
