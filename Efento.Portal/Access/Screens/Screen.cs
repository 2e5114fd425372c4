namespace Efento.Portal.Access.Screens;

/// <summary>A link with which a screen on a wall shows the wall-board, and nothing else. Only the hash of its code is kept.</summary>
public sealed class Screen
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>What people call it, such as "Corridor of ward 2".</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the code in the link.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>The locations it shows (<see cref="LocationLimit"/>); null for all of them.</summary>
    public string? Locations { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>By whom.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Until when it works; null until it is revoked.</summary>
    public DateTimeOffset? ExpiresUtc { get; init; }

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedUtc { get; set; }

    /// <summary>When a screen with it was last heard, to the minute.</summary>
    public DateTimeOffset? LastUsedUtc { get; set; }

    /// <summary>The address it was last heard from.</summary>
    public string? LastUsedAddress { get; set; }

    /// <summary>Counts changes by people, so that nobody ends what they have not seen.</summary>
    public int Version { get; set; }
}
