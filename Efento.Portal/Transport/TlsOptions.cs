namespace Efento.Portal.Transport;

/// <summary>HTTPS by the portal itself; on as soon as there is a certificate.</summary>
public sealed class TlsOptions
{
    /// <summary>
    /// A PEM file with the server's certificate and those between it and its CA, or a PFX file. Taken anew when it changes. The default is
    /// null: no HTTPS.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>The PEM file of the private key. The default is null: it is in the file of the certificate.</summary>
    public string? KeyPath { get; set; }

    /// <summary>The password of the PFX file or of an encrypted key. The default is null.</summary>
    public string? Password { get; set; }

    /// <summary>Where the portal listens with HTTPS, beside Urls. The default is "https://0.0.0.0:5443"; null: only where Urls says https.</summary>
    public string? Url { get; set; } = "https://0.0.0.0:5443";

    /// <summary>For how long browsers shall refuse to open the pages without HTTPS (Strict-Transport-Security). The default is null: nothing is said.</summary>
    public TimeSpan? Hsts { get; set; }
}
