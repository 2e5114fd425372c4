using System.Buffers.Text;
using System.Security.Cryptography;
using Efento.Portal.Notifications.Channels.Push;

namespace Efento.Portal.Notifications.Push;

/// <summary>A device as its browser describes it when it subscribes. A browser may send anything.</summary>
/// <param name="Endpoint">Where its push service takes messages for it.</param>
/// <param name="P256dh">Its public key, in Base64 for URLs.</param>
/// <param name="Auth">Its authentication secret, in Base64 for URLs.</param>
/// <param name="Name">Its name.</param>
internal sealed record NewDevice(string? Endpoint, string? P256dh, string? Auth, string Name)
{
    private const int LongestEndpoint = 1000;
    private const int BytesOfCoordinate = 32;
    private const int BytesOfAuth = 16;

    /// <summary>Whether messages can be encrypted for it, and its push service is reached by HTTPS.</summary>
    public bool IsValid =>
        Name.Length is > 0 and <= PushDevice.MostLetters && IsEndpoint(Endpoint) && BytesOf(Auth) is { Length: BytesOfAuth }
        && BytesOf(P256dh) is { } point && IsPoint(point);

    private static bool IsEndpoint(string? text) =>
        text?.Length <= LongestEndpoint && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 && url.Fragment.Length == 0;

    /// <summary>A point that is not on the curve would give away the portal's part of a secret.</summary>
    private static bool IsPoint(byte[] point)
    {
        if (point is not [VapidKeys.Uncompressed, ..] || point.Length != 1 + (2 * BytesOfCoordinate))
        {
            return false;
        }

        try
        {
            using var key = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = point[1..(1 + BytesOfCoordinate)], Y = point[(1 + BytesOfCoordinate)..] },
            });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[]? BytesOf(string? text) =>
        text is not null && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
