using Efento.Portal.Access;

namespace Efento.Portal.CommandLine;

/// <summary>Invites somebody, or makes the account if the password is given.</summary>
internal sealed record AddUser(string Email, Role Role, string? Password, string[]? Locations = null) : ControlRequest
{
    /// <inheritdoc/>
    public override bool MayBeginDatabase => true;

    // What is printed of a request must not show the password.
    /// <inheritdoc/>
    public override string ToString() => $"add {Email}";
}

/// <summary>Limits an account to locations; none lifts the limit.</summary>
internal sealed record LimitUser(string Email, string[]? Locations) : ControlRequest;

/// <summary>Makes a link for a new password.</summary>
internal sealed record ResetUser(string Email) : ControlRequest;

/// <summary>Shows all accounts.</summary>
internal sealed record ListUsers : ControlRequest;
