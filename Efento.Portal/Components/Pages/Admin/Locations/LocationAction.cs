namespace Efento.Portal.Components.Pages.Admin.Locations;

/// <summary>What can be done with a location.</summary>
public enum LocationAction
{
    /// <summary>Make one in it.</summary>
    Add,

    /// <summary>Give it another name.</summary>
    Rename,

    /// <summary>Put it into another.</summary>
    Move,

    /// <summary>Before the neighbour above.</summary>
    Up,

    /// <summary>After the neighbour below.</summary>
    Down,

    /// <summary>Delete it.</summary>
    Delete,
}
