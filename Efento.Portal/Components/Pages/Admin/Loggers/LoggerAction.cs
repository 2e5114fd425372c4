namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>An action on a logger of the list.</summary>
public enum LoggerAction
{
    /// <summary>Set to Y.</summary>
    SetY,

    /// <summary>Set to N.</summary>
    SetN,

    /// <summary>Change name, location and remark of its point.</summary>
    Label,

    /// <summary>Replace it by another logger.</summary>
    Replace,

    /// <summary>Approve it after it was held or refused.</summary>
    Approve,

    /// <summary>Refuse it.</summary>
    Refuse,

    /// <summary>Retire it.</summary>
    Retire,

    /// <summary>Take it into use again.</summary>
    BringBack,
}
