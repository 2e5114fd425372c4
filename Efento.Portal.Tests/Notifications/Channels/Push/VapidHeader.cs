using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Efento.Portal.Tests.Notifications.Channels.Push;

/// <summary>What a push service finds out about who sent a message (RFC 8292).</summary>
/// <param name="Key">The public key, in Base64 for URLs.</param>
/// <param name="Claims">What is claimed.</param>
internal sealed record VapidHeader(string Key, JsonElement Claims)
{
    /// <summary>Reads the header and checks that it was signed with the private key.</summary>
    public static VapidHeader Verified(string authorization)
    {
        Assert.StartsWith("vapid ", authorization, StringComparison.Ordinal);
        var parts = authorization["vapid ".Length..].Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var token = parts["t"].Split('.');
        var point = Base64Url.DecodeFromChars(parts["k"]);
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = point[1..33], Y = point[33..] },
        });

        Assert.Equal("ES256", JsonElement.Parse(Base64Url.DecodeFromChars(token[0])).GetProperty("alg").GetString());
        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256));
        return new(parts["k"], JsonElement.Parse(Base64Url.DecodeFromChars(token[1])));
    }
}
