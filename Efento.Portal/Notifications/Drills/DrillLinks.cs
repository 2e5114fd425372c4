using Efento.Portal.Access;
using Efento.Portal.Notifications.Answering;
using Microsoft.AspNetCore.DataProtection;

namespace Efento.Portal.Notifications.Drills;

/// <summary>The links with which people confirm that they read the message of a drill. They are no links to acknowledge an alarm.</summary>
internal sealed class DrillLinks(IDataProtectionProvider protection, PublicAddress address, TimeProvider time)
{
    /// <summary>Where the page of a link is, without a slash before it.</summary>
    public const string Path = "drill";

    private const string Purpose = "Efento.Portal.Notifications.Drills";

    private readonly PassCodes _codes = new(protection.CreateProtector(Purpose));

    /// <summary>The link for somebody; null without a public address.</summary>
    public Uri? To(int drillId, Target target) =>
        address.LinkTo($"{Path}/{CodeOf(new DrillPass(drillId, time.GetUtcNow(), target))}") is { } link ? new Uri(link) : null;

    /// <summary>The code of a link.</summary>
    public string CodeOf(DrillPass pass) => _codes.CodeOf(pass.DrillId, pass.IssuedUtc, pass.Target);

    /// <summary>What a code stands for; null if the portal did not make it, or not with the keys it has now.</summary>
    public DrillPass? Read(string code) => _codes.Read(code) is var (about, issuedUtc, target) ? new(about, issuedUtc, target) : null;
}

/// <summary>What a link of a drill stands for.</summary>
/// <param name="DrillId">The drill.</param>
/// <param name="IssuedUtc">When it was made.</param>
/// <param name="Target">For whom: the person, or the channel itself where it is the recipient.</param>
internal sealed record DrillPass(int DrillId, DateTimeOffset IssuedUtc, Target Target)
{
    /// <summary>Under which name a confirmation is written down.</summary>
    public string Name => Target.Address ?? Target.Channel;
}
