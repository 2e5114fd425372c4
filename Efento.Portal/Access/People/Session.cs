namespace Efento.Portal.Access;

/// <summary>One sign-in of one browser. The cookie holds a random key, the database its hash.</summary>
public sealed class Session
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>SHA-256 of the key in the cookie.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>Who signed in.</summary>
    public required int UserId { get; init; }

    /// <summary>When the user signed in.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>When its user was last active, to the minute.</summary>
    public DateTimeOffset LastActiveUtc { get; set; }

    /// <summary>The IP address of the sign-in.</summary>
    public required string Address { get; init; }

    /// <summary>The browser's User-Agent.</summary>
    public required string Browser { get; init; }

    /// <summary>When it was ended: signed out, revoked or idle; null while it is valid.</summary>
    public DateTimeOffset? EndedUtc { get; set; }
}
