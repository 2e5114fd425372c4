namespace Efento.Portal.Access;

/// <summary>A link with which somebody sets a password: for a new account, or for their own after it was reset.</summary>
public sealed class Invitation
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>For whom.</summary>
    public required string Email { get; init; }

    /// <summary>What they will be; of no account for a reset.</summary>
    public required Role Role { get; init; }

    /// <summary>The locations they will be limited to (<see cref="LocationLimit"/>); null without a limit.</summary>
    public string? Locations { get; init; }

    /// <summary>The account whose password is set; null for a new one.</summary>
    public int? UserId { get; init; }

    /// <summary>SHA-256 of the code in the link.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>By whom.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Until when it can be used.</summary>
    public required DateTimeOffset ExpiresUtc { get; init; }

    /// <summary>When it was used; null while it was not.</summary>
    public DateTimeOffset? UsedUtc { get; set; }

    /// <summary>When it was taken back; null while it was not.</summary>
    public DateTimeOffset? RevokedUtc { get; set; }
}
