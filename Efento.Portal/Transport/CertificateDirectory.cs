using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Efento.Portal.Transport;

/// <summary>
/// The files of certificates that the portal made. Private keys are readable only by their owner, from the first byte on.
/// </summary>
internal sealed class CertificateDirectory(string path)
{
    /// <summary>The CA's certificate for gateways and browsers.</summary>
    public string CaPem => At("ca.pem");

    /// <summary>The same certificate in DER form, which gateways accept too.</summary>
    public string CaDer => At("ca.der");

    /// <summary>The CA's private key, needed only to make further certificates.</summary>
    public string CaKey => At("ca-key.pem");

    /// <summary>The server's certificate.</summary>
    public string Server => At("server.pem");

    /// <summary>The server's private key.</summary>
    public string ServerKey => At("server-key.pem");

    /// <summary>The existing CA; null if there is none.</summary>
    /// <exception cref="IOException">There is a CA without its key.</exception>
    /// <exception cref="CryptographicException">It can't be read.</exception>
    public X509Certificate2? ReadCa()
    {
        if (!File.Exists(CaPem))
        {
            return null;
        }

        return File.Exists(CaKey)
            ? X509Certificate2.CreateFromPemFile(CaPem, CaKey)
            : throw new IOException(
                $"{CaPem} is there without its key. Put {Path.GetFileName(CaKey)} back beside it, or name another directory: a new CA has to be uploaded to every gateway.");
    }

    /// <summary>Writes a new CA.</summary>
    public void WriteCa(X509Certificate2 ca)
    {
        Directory.CreateDirectory(path);
        Write(CaKey, Key(ca), isPrivate: true);
        Write(CaDer, ca.RawData);
        Write(CaPem, ca.ExportCertificatePem() + "\n");
    }

    /// <summary>Writes a server's certificate. A running portal switches to it within seconds.</summary>
    public void WriteServer(X509Certificate2 server)
    {
        Write(ServerKey, Key(server), isPrivate: true);
        Write(Server, server.ExportCertificatePem() + "\n");
    }

    private static string Key(X509Certificate2 certificate) => certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";

    private static void Write(string file, string text, bool isPrivate = false) =>
        Write(file, System.Text.Encoding.ASCII.GetBytes(text), isPrivate);

    private static void Write(string file, byte[] bytes, bool isPrivate = false)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var unfinished = file + ".new";
        File.Delete(unfinished);
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(bytes);
        }

        File.Move(unfinished, file, overwrite: true);
    }

    private string At(string name) => Path.Combine(path, name);
}
