using System.Security.Cryptography.X509Certificates;

namespace Efento.Portal.Notifications.Channels;

/// <summary>Whose certificates are trusted. The default is those whom the operating system trusts.</summary>
internal sealed class TrustedRoots(X509Certificate2Collection? instead = null)
{
    /// <summary>
    /// How chains are checked. Revocation is not: it asks servers in the internet, which many sites don't reach, and no message would
    /// leave.
    /// </summary>
    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (instead is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(instead);
        }

        return policy;
    }
}
