namespace Efento.Portal.Components.Pages.Admin.Locations;

/// <summary>An action on a location.</summary>
public enum LocationAction
{
    /// <summary>Add a location in it.</summary>
    Add,

    /// <summary>Rename it.</summary>
    Rename,

    /// <summary>Move it into another location.</summary>
    Move,

    /// <summary>Move it up.</summary>
    Up,

    /// <summary>Move it down.</summary>
    Down,

    /// <summary>Delete it.</summary>
    Delete,
}
