using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Notifications.Answering;

/// <summary>The codes of links in messages: what they are about, when they were made and for whom, signed and encrypted.</summary>
internal sealed class PassCodes(IDataProtector protector)
{
    /// <summary>The code of a link.</summary>
    /// <param name="about">The key of what it is about.</param>
    /// <param name="issuedUtc">When it is made.</param>
    /// <param name="target">For whom.</param>
    public string CodeOf(int about, DateTimeOffset issuedUtc, Target target)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{about} {issuedUtc.ToUnixTimeMilliseconds()} {target.Channel} {target.Address}");
        return WebEncoders.Base64UrlEncode(protector.Protect(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>What a code stands for; null if it was not made here, or not with the keys there are now.</summary>
    public (int About, DateTimeOffset IssuedUtc, Target Target)? Read(string code)
    {
        try
        {
            return Parse(Encoding.UTF8.GetString(protector.Unprotect(WebEncoders.Base64UrlDecode(code))));
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static (int About, DateTimeOffset IssuedUtc, Target Target) Parse(string text)
    {
        var parts = text.Split(' ', 4);
        return (
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)),
            new Target(parts[2], parts[3].Length == 0 ? null : parts[3]));
    }
}
