namespace Efento.Portal.Access;

/// <summary>A link for setting a password: of a new account, or of an existing one after a reset.</summary>
public sealed class Invitation
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The e-mail address of the user.</summary>
    public required string Email { get; init; }

    /// <summary>The role of the new account; not used for a reset.</summary>
    public required Role Role { get; init; }

    /// <summary>The locations that the user will be limited to (<see cref="LocationLimit"/>); null without a limit.</summary>
    public string? Locations { get; init; }

    /// <summary>The account whose password is set; null for a new one.</summary>
    public int? UserId { get; init; }

    /// <summary>SHA-256 of the code in the link.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it expires.</summary>
    public required DateTimeOffset ExpiresUtc { get; init; }

    /// <summary>When it was used; null if it was not.</summary>
    public DateTimeOffset? UsedUtc { get; set; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedUtc { get; set; }
}
