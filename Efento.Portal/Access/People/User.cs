using Microsoft.AspNetCore.Identity;

namespace Efento.Portal.Access;

/// <summary>
/// A user account; its name is the e-mail address. ASP.NET Core Identity keeps the password, the security stamp and failed attempts in its
/// own fields. Its tables for passkeys, second factors and external sign-ins can be added later.
/// </summary>
public sealed class User : IdentityUser<int>
{
    /// <summary>What they may do.</summary>
    public Role Role { get; set; }

    /// <summary>The locations they are limited to (<see cref="LocationLimit"/>); null without a limit.</summary>
    public string? Locations { get; set; }

    /// <summary>When the account was made.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>When it was disabled; null while they may sign in.</summary>
    public DateTimeOffset? DisabledUtc { get; set; }

    /// <summary>When they last signed in.</summary>
    public DateTimeOffset? LastSignInUtc { get; set; }

    /// <summary>What a change to it refers to.</summary>
    public SeenUser Seen() => new(Id, ConcurrencyStamp);
}
