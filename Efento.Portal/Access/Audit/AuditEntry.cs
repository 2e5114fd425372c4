namespace Efento.Portal.Access.Audit;

/// <summary>One line of the audit trail. Never changed and never deleted; each holds the hash of the one before it.</summary>
public sealed class AuditEntry
{
    /// <summary>The key: 1, 2, 3 … without gaps.</summary>
    public required long Id { get; init; }

    /// <summary>When, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>What the actor is.</summary>
    public required ActorKind ActorKind { get; init; }

    /// <summary>Who: an e-mail address, a token's name, a command.</summary>
    public required string Actor { get; init; }

    /// <summary>The IP address it was done from, if there was one.</summary>
    public string? Address { get; init; }

    /// <summary>What was done, such as "gateway token issued".</summary>
    public required string Action { get; init; }

    /// <summary>To what, such as "gateway token 3 Ward 2".</summary>
    public required string Subject { get; init; }

    /// <summary>What it was before, if something was changed.</summary>
    public string? Old { get; init; }

    /// <summary>What it is now, if something was changed.</summary>
    public string? New { get; init; }

    /// <summary>The reason that the actor gave.</summary>
    public string? Reason { get; init; }

    /// <summary>The hash of the entry before; 32 zero bytes in the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 over everything above (<see cref="AuditHash"/>).</summary>
    public required byte[] Hash { get; init; }
}
