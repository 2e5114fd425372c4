using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Efento.Portal.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Notifications.Answering;

/// <summary>
/// The links with which people acknowledge an alarm without signing in. A link is signed and encrypted by data protection, so that nothing
/// has to be stored, and nobody can make one.
/// </summary>
internal sealed class AnswerLinks(IDataProtectionProvider protection, PublicAddress address, TimeProvider time)
{
    /// <summary>Where the page of a link is, without a slash before it.</summary>
    public const string Path = "answer";

    private const string Purpose = "Efento.Portal.Notifications.Answers";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    /// <summary>The link for somebody about an alarm; null without a public address.</summary>
    public Uri? To(int alarmId, Target target)
    {
        var code = CodeOf(new AnswerPass(alarmId, time.GetUtcNow(), target));
        return address.LinkTo($"{Path}/{code}") is { } link ? new Uri(link) : null;
    }

    /// <summary>The code of a link.</summary>
    public string CodeOf(AnswerPass pass)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{pass.AlarmId} {pass.IssuedUtc.ToUnixTimeMilliseconds()} {pass.Target.Channel} {pass.Target.Address}");
        return WebEncoders.Base64UrlEncode(_protector.Protect(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>What a code stands for; null if the portal did not make it, or not with the keys it has now.</summary>
    public AnswerPass? Read(string code)
    {
        try
        {
            return Parse(Encoding.UTF8.GetString(_protector.Unprotect(WebEncoders.Base64UrlDecode(code))));
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static AnswerPass Parse(string text)
    {
        var parts = text.Split(' ', 4);
        return new(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)),
            new Target(parts[2], parts[3].Length == 0 ? null : parts[3]));
    }
}
