namespace Efento.Portal.Devices;

/// <summary>A place that holds measuring points or other locations: a site, a building, a room.</summary>
public sealed class Location
{
    /// <summary>The most levels of nested locations.</summary>
    public const int MostLevels = 8;

    /// <summary>The most letters of a name.</summary>
    public const int MostLetters = 100;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The location it lies in; null at the top.</summary>
    public int? ParentId { get; set; }

    /// <summary>Its name; unique among its neighbours.</summary>
    public required string Name { get; set; }

    /// <summary>Its place among its neighbours, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Counts changes by people, so that a change made to an outdated version is rejected.</summary>
    public int Version { get; set; }
}
