namespace Efento.Portal.Devices;

/// <summary>Where measuring points are: a site, a building, a room. Locations lie in one another.</summary>
public sealed class Location
{
    /// <summary>How deep they may lie in one another.</summary>
    public const int MostLevels = 8;

    /// <summary>The most letters of a name.</summary>
    public const int MostLetters = 100;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The location it lies in; null at the top.</summary>
    public int? ParentId { get; set; }

    /// <summary>What people call it; unique among its neighbours.</summary>
    public required string Name { get; set; }

    /// <summary>Its place among its neighbours, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Counts changes by people, so that nobody overwrites what they have not seen.</summary>
    public int Version { get; set; }
}
