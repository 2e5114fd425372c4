using Efento.Portal.Access;
using Microsoft.AspNetCore.DataProtection;

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

    private readonly PassCodes _codes = new(protection.CreateProtector(Purpose));

    /// <summary>The link for somebody about an alarm; null without a public address.</summary>
    public Uri? To(int alarmId, Target target)
    {
        var code = CodeOf(new AnswerPass(alarmId, time.GetUtcNow(), target));
        return address.LinkTo($"{Path}/{code}") is { } link ? new Uri(link) : null;
    }

    /// <summary>The code of a link.</summary>
    public string CodeOf(AnswerPass pass) => _codes.CodeOf(pass.AlarmId, pass.IssuedUtc, pass.Target);

    /// <summary>What a code stands for; null if the portal did not make it, or not with the keys it has now.</summary>
    public AnswerPass? Read(string code) => _codes.Read(code) is var (about, issuedUtc, target) ? new(about, issuedUtc, target) : null;
}
