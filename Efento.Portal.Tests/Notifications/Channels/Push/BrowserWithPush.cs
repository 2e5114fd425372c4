using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Efento.Portal.Notifications.Channels.Push;

namespace Efento.Portal.Tests.Notifications.Channels.Push;

/// <summary>A browser that subscribed to Web Push, and decrypts what its push service got for it (RFC 8188, RFC 8291).</summary>
internal sealed class BrowserWithPush : IDisposable
{
    private const int Salt = 16;
    private const int Tag = 16;

    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

    /// <summary>Its public key, in Base64 for URLs.</summary>
    public string P256dh => Base64Url.EncodeToString(PointOf(_key.ExportParameters(includePrivateParameters: false)));

    /// <summary>Its secret, in Base64 for URLs.</summary>
    public string Auth => Base64Url.EncodeToString(_auth);

    /// <summary>What a message says.</summary>
    public JsonElement Read(byte[] message) => JsonElement.Parse(Encoding.UTF8.GetString(Decrypt(message)));

    /// <summary>What a message says, as the browser hands it to the service worker.</summary>
    public byte[] Decrypt(byte[] message)
    {
        var salt = message[..Salt];
        var recordSize = BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(Salt));
        var sender = message[(Salt + 5)..(Salt + 5 + message[Salt + 4])];
        var record = message[(Salt + 5 + sender.Length)..];
        Assert.InRange(record.Length, Tag + 1, (int)recordSize);

        var (key, nonce) = KeysOf(salt, sender);
        var padded = new byte[record.Length - Tag];
        using var cipher = new AesGcm(key, Tag);
        cipher.Decrypt(nonce, record.AsSpan(..^Tag), record.AsSpan(^Tag..), padded);

        // The last byte that is not zero ends the text of the last record.
        var end = Array.FindLastIndex(padded, b => b != 0);
        Assert.Equal(2, padded[end]);
        return padded[..end];
    }

    public void Dispose() => _key.Dispose();

    private (byte[] Key, byte[] Nonce) KeysOf(byte[] salt, byte[] sender)
    {
        using var other = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = sender[1..33], Y = sender[33..] },
        });
        var secret = _key.DeriveRawSecretAgreement(other.PublicKey);
        var own = PointOf(_key.ExportParameters(includePrivateParameters: false));
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, _auth, [.. "WebPush: info\0"u8, .. own, .. sender]);
        return (
            HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray()),
            HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, "Content-Encoding: nonce\0"u8.ToArray()));
    }

    private static byte[] PointOf(ECParameters key) => [VapidKeys.Uncompressed, .. key.Q.X!, .. key.Q.Y!];
}
