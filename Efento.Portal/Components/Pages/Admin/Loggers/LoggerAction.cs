namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>What can be done with one logger of the list.</summary>
public enum LoggerAction
{
    /// <summary>Set to Y.</summary>
    SetY,

    /// <summary>Set to N.</summary>
    SetN,

    /// <summary>Name its point.</summary>
    Rename,

    /// <summary>Put another logger in its place.</summary>
    Replace,

    /// <summary>Approve it after it was held or refused.</summary>
    Approve,

    /// <summary>Refuse it.</summary>
    Refuse,

    /// <summary>Take it out of use.</summary>
    Retire,

    /// <summary>Take it into use again.</summary>
    BringBack,
}
