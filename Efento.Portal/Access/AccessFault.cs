namespace Efento.Portal.Access;

/// <summary>Why an operation on accounts, links, screens or tokens was refused. <see cref="AccessWords"/> puts it into words.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="About">The value concerned, as entered; empty if the kind says everything.</param>
/// <param name="Count">A number that belongs to the kind; 0 if there is none.</param>
public sealed record AccessFault(AccessFaultKind Kind, string About = "", int Count = 0)
{
    /// <summary>A fault that needs no further details.</summary>
    public static implicit operator AccessFault(AccessFaultKind kind) => new(kind);
}

/// <summary>The kinds of faults of operations on accounts, links, screens and tokens.</summary>
public enum AccessFaultKind
{
    /// <summary>The account is disabled.</summary>
    AccountDisabled,

    /// <summary>The first account must be an administrator's.</summary>
    FirstAdministrator,

    /// <summary>The address has an account already.</summary>
    HasAccount,

    /// <summary>The address has no account.</summary>
    HasNoAccount,

    /// <summary>The link was used, revoked or has expired.</summary>
    LinkOver,

    /// <summary>No location is named, or one of them no longer exists.</summary>
    LocationsGone,

    /// <summary>The account is locked after too many wrong passwords.</summary>
    Locked,

    /// <summary>The text is not an e-mail address.</summary>
    NoEmail,

    /// <summary>The old password is wrong.</summary>
    OldPasswordWrong,

    /// <summary>The password is a common one, or close to one.</summary>
    PasswordCommon,

    /// <summary>The password contains the name in the e-mail address.</summary>
    PasswordContainsName,

    /// <summary>The password contains the name of the site.</summary>
    PasswordContainsSite,

    /// <summary>The password is too long; <see cref="AccessFault.Count"/> is its length in characters.</summary>
    PasswordTooLong,

    /// <summary>The password is too short; <see cref="AccessFault.Count"/> is its length in characters.</summary>
    PasswordTooShort,

    /// <summary>The text can't be the public address.</summary>
    PublicAddress,

    /// <summary>The name of the screen is missing or too long.</summary>
    ScreenName,

    /// <summary>The link of the screen is no longer valid, or was changed in the meantime.</summary>
    ScreenOver,

    /// <summary>The role sees everything and can't be limited to locations.</summary>
    SeesEverything,

    /// <summary>An account exists already.</summary>
    SetUpAlready,

    /// <summary>Somebody else changed the settings of the site in the meantime.</summary>
    SiteChanged,

    /// <summary>The time zone or the language of the site is not in the lists.</summary>
    SiteLists,

    /// <summary>The name of the site is missing or too long.</summary>
    SiteName,

    /// <summary>Too many sign-in attempts are waiting.</summary>
    SignInBusy,

    /// <summary>Somebody else changed the token in the meantime.</summary>
    TokenChanged,

    /// <summary>The end of the token is not in the future.</summary>
    TokenEnd,

    /// <summary>The header <see cref="AccessFault.About"/> has a meaning of its own.</summary>
    TokenHeaderMeaning,

    /// <summary><see cref="AccessFault.About"/> can't be the name of a header.</summary>
    TokenHeaderName,

    /// <summary>The header <see cref="AccessFault.About"/> is named twice.</summary>
    TokenHeaderTwice,

    /// <summary>The value of the header <see cref="AccessFault.About"/> can't be one.</summary>
    TokenHeaderValue,

    /// <summary>There are too many headers.</summary>
    TokenHeaders,

    /// <summary>Neither a token nor a header is required.</summary>
    TokenHeadersNone,

    /// <summary>Another token requires the same headers.</summary>
    TokenHeadersTaken,

    /// <summary>No header has a value that is long enough for a secret.</summary>
    TokenHeadersWeak,

    /// <summary>The name of the token is missing or too long.</summary>
    TokenName,

    /// <summary><see cref="AccessFault.About"/> is not a network.</summary>
    TokenNetwork,

    /// <summary>The list of networks is too long.</summary>
    TokenNetworks,

    /// <summary>The token is not valid any more.</summary>
    TokenNotValid,

    /// <summary>The note of the token is too long.</summary>
    TokenNote,

    /// <summary>The scope <see cref="AccessFault.About"/> concerns the whole site, but the token is limited to locations.</summary>
    TokenScopeOfSite,

    /// <summary>No scope is named, or one that is not known.</summary>
    TokenScopes,

    /// <summary>The serials are not written as gateways send them, or there are too many.</summary>
    TokenSerials,
}
