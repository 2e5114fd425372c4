using Microsoft.AspNetCore.Identity;

namespace Efento.Portal.Access;

/// <summary>
/// Translates Identity's faults into <see cref="AccessFault"/>. Only one of them can reach users: the portal has its own rules for
/// addresses and passwords, and writes one change at a time.
/// </summary>
internal sealed class AccountFaults : IdentityErrorDescriber
{
    /// <inheritdoc/>
    public override IdentityError DuplicateUserName(string userName) => new() { Code = nameof(AccessFaultKind.HasAccount) };
}
