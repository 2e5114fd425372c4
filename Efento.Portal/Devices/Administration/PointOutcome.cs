namespace Efento.Portal.Devices.Administration;

/// <summary>The outcome of a change to a measuring point.</summary>
public enum PointOutcome
{
    /// <summary>It is done, or nothing needed to change.</summary>
    Done,

    /// <summary>Somebody else changed it, or a logger concerned, in the meantime; nothing was overwritten.</summary>
    ChangedMeanwhile,

    /// <summary>The name is empty.</summary>
    NameMissing,

    /// <summary>Name or remark are longer than they may be.</summary>
    TooLong,

    /// <summary>Name or remark have a line break or another control character.</summary>
    NotOneLine,

    /// <summary>The location was deleted in the meantime, or the user may not see it.</summary>
    NoSuchLocation,

    /// <summary>The time lies in the future.</summary>
    TimeAhead,

    /// <summary>After that time, the assignment of the point or the logger was changed.</summary>
    TimeTooEarly,

    /// <summary>The logger measures at this point already.</summary>
    AlreadyThere,

    /// <summary>The logger is held, refused or retired.</summary>
    LoggerNotInUse,
}
