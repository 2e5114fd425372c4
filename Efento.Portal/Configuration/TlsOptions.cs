namespace Efento.Portal.Configuration;

/// <summary>HTTPS served by the portal itself; on as soon as there is a certificate.</summary>
public sealed class TlsOptions
{
    /// <summary>
    /// A PEM file with the server's certificate and its intermediate certificates, or a PFX file. It is read again when it changes. The
    /// default is null: no HTTPS.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>The PEM file of the private key. The default is null: it is in the file of the certificate.</summary>
    public string? KeyPath { get; set; }

    /// <summary>The password of the PFX file or of an encrypted key. The default is null.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// The address for HTTPS, in addition to Urls. The default is "https://0.0.0.0:5443". With null, only https addresses in Urls are used.
    /// </summary>
    public string? Url { get; set; } = "https://0.0.0.0:5443";

    /// <summary>
    /// How long browsers must refuse to open the pages without HTTPS (Strict-Transport-Security). The default is null: the header is not
    /// sent.
    /// </summary>
    public TimeSpan? Hsts { get; set; }
}
