using Microsoft.AspNetCore.Identity;

namespace Efento.Portal.Access;

/// <summary>
/// What Identity itself finds wrong, in the language of whoever reads it. Of its faults one reaches people: addresses and passwords have rules
/// of the portal's own, and one change is written at a time.
/// </summary>
internal sealed class AccountFaults : IdentityErrorDescriber
{
    /// <inheritdoc/>
    public override IdentityError DuplicateUserName(string userName) => new() { Code = nameof(DuplicateUserName), Description = AccessText.HasAccount };
}
