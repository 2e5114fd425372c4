namespace Efento.Portal.Access.Screens;

/// <summary>A link that shows the wall-board on a screen, and nothing else. Only the hash of its code is stored.</summary>
public sealed class Screen
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>Its name, such as "Corridor of ward 2".</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the code in the link.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>The locations it shows (<see cref="LocationLimit"/>); null for all of them.</summary>
    public string? Locations { get; init; }

    /// <summary>Whether it sounds when a critical alarm begins.</summary>
    public bool HasSound { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it expires; null if it works until it is revoked.</summary>
    public DateTimeOffset? ExpiresUtc { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedUtc { get; set; }

    /// <summary>When a screen last used it, to the minute.</summary>
    public DateTimeOffset? LastUsedUtc { get; set; }

    /// <summary>The address it was last used from.</summary>
    public string? LastUsedAddress { get; set; }

    /// <summary>Counts changes by people, so that a change of an outdated version is rejected.</summary>
    public int Version { get; set; }
}
