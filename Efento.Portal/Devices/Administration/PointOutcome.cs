namespace Efento.Portal.Devices.Administration;

/// <summary>What became of a change to a measuring point.</summary>
public enum PointOutcome
{
    /// <summary>It is done, or was so already.</summary>
    Done,

    /// <summary>Somebody else changed it, or a logger concerned, after it was looked at; nothing was overwritten.</summary>
    ChangedMeanwhile,

    /// <summary>The name is empty.</summary>
    NameMissing,

    /// <summary>Name or place are longer than they may be.</summary>
    TooLong,

    /// <summary>The time lies ahead.</summary>
    TimeAhead,

    /// <summary>The point or the logger was assigned otherwise after that time.</summary>
    TimeTooEarly,

    /// <summary>The logger measures at this point already.</summary>
    AlreadyThere,

    /// <summary>The logger is held, refused or retired.</summary>
    LoggerNotInUse,
}
