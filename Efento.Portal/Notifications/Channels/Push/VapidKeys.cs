using System.Buffers.Text;
using System.Security.Cryptography;

namespace Efento.Portal.Notifications.Channels.Push;

/// <summary>The keys by which push services know the portal (VAPID, RFC 8292).</summary>
/// <param name="Public">The public key: a point of P-256, uncompressed (65 bytes), in Base64 for URLs.</param>
/// <param name="Private">The private key (32 bytes), in Base64 for URLs.</param>
public sealed record VapidKeys(string Public, string Private)
{
    /// <summary>The byte before both coordinates of a point that is not compressed.</summary>
    public const byte Uncompressed = 4;

    /// <summary>New keys.</summary>
    public static VapidKeys Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var its = key.ExportParameters(includePrivateParameters: true);
        return new(Base64Url.EncodeToString([Uncompressed, .. its.Q.X!, .. its.Q.Y!]), Base64Url.EncodeToString(its.D!));
    }

    /// <summary>What may stand in a log: no private key.</summary>
    public override string ToString() => Public;
}
