using Efento.Portal.Access;

namespace Efento.Portal.CommandLine;

/// <summary>Invites a user, or makes the account if a password is given.</summary>
internal sealed record AddUser(string Email, Role Role, string? Password, string[]? Locations = null) : ControlRequest
{
    /// <inheritdoc/>
    public override bool MayBeginDatabase => true;

    // A printed request must not show the password.
    /// <inheritdoc/>
    public override string ToString() => $"add {Email}";
}

/// <summary>Limits an account to locations; without locations the limit is lifted.</summary>
internal sealed record LimitUser(string Email, string[]? Locations) : ControlRequest;

/// <summary>Makes a link for setting a new password.</summary>
internal sealed record ResetUser(string Email) : ControlRequest;

/// <summary>Shows all accounts.</summary>
internal sealed record ListUsers : ControlRequest;
