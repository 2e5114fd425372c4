namespace Efento.Portal.Devices.Administration;

/// <summary>The outcome of a change to a location.</summary>
public enum LocationOutcome
{
    /// <summary>It is done, or nothing needed to change.</summary>
    Done,

    /// <summary>Somebody else changed it, or a location concerned, in the meantime; nothing was overwritten.</summary>
    ChangedMeanwhile,

    /// <summary>The name is empty.</summary>
    NameMissing,

    /// <summary>The name is longer than it may be.</summary>
    TooLong,

    /// <summary>A neighbour has that name.</summary>
    NameTaken,

    /// <summary>It would lie deeper than locations may.</summary>
    TooDeep,

    /// <summary>It can't lie in itself or in what lies in it.</summary>
    InItself,

    /// <summary>Points or other locations lie in it.</summary>
    NotEmpty,

    /// <summary>A user or a token is limited to it.</summary>
    LimitsSomebody,
}
