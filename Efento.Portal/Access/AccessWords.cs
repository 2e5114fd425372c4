using Efento.Portal.Access.Audit;
using Efento.Portal.Access.Screens;

namespace Efento.Portal.Access;

/// <summary>Puts faults into words in the current language, for pages and commands.</summary>
public static class AccessWords
{
    /// <summary>One fault in a sentence or two.</summary>
    public static string Of(AccessFault fault) => fault.Kind switch
    {
        AccessFaultKind.AccountDisabled => AccessText.AccountDisabled,
        AccessFaultKind.FirstAdministrator => AccessText.FirstAdministrator,
        AccessFaultKind.HasAccount => AccessText.HasAccount,
        AccessFaultKind.HasNoAccount => AccessText.HasNoAccount,
        AccessFaultKind.LinkOver => AccessText.LinkOver,
        AccessFaultKind.LocationsGone => AccessText.LocationsGone,
        AccessFaultKind.Locked => AccessText.Locked,
        AccessFaultKind.NoEmail => AccessText.NoEmail,
        AccessFaultKind.OldPasswordWrong => AccessText.OldPasswordWrong,
        AccessFaultKind.PasswordCommon => AccessText.PasswordCommon,
        AccessFaultKind.PasswordContainsName => AccessText.PasswordContainsName,
        AccessFaultKind.PasswordContainsSite => AccessText.PasswordContainsSite,
        AccessFaultKind.PasswordTooLong => AccessText.PasswordTooLong(fault.Count, Passwords.MaxLength),
        AccessFaultKind.PasswordTooShort => AccessText.PasswordTooShort(fault.Count, Passwords.MinLength),
        AccessFaultKind.PublicAddress => AccessText.PublicAddress,
        AccessFaultKind.ScreenName => AccessText.ScreenName(Screen.MaxNameLength),
        AccessFaultKind.ScreenOver => AccessText.ScreenOver,
        AccessFaultKind.SeesEverything => AccessText.SeesEverything,
        AccessFaultKind.SetUpAlready => AccessText.SetUpAlready,
        AccessFaultKind.SiteChanged => AccessText.SiteChanged,
        AccessFaultKind.SiteLists => AccessText.SiteLists,
        AccessFaultKind.SiteName => AccessText.SiteName(Site.MostLetters),
        AccessFaultKind.SignInBusy => AccessText.SignInBusy,
        AccessFaultKind.TokenChanged => AccessText.TokenChanged,
        AccessFaultKind.TokenEnd => AccessText.TokenEnd,
        AccessFaultKind.TokenHeaderMeaning => AccessText.TokenHeaderMeaning(fault.About),
        AccessFaultKind.TokenHeaderName => AccessText.TokenHeaderName(fault.About),
        AccessFaultKind.TokenHeaderTwice => AccessText.TokenHeaderTwice(fault.About),
        AccessFaultKind.TokenHeaderValue => AccessText.TokenHeaderValue(fault.About, CustomHeader.LongestValue),
        AccessFaultKind.TokenHeaders => AccessText.TokenHeaders(TokenHeader.MostPerToken),
        AccessFaultKind.TokenHeadersNone => AccessText.TokenHeadersNone,
        AccessFaultKind.TokenHeadersTaken => AccessText.TokenHeadersTaken,
        AccessFaultKind.TokenHeadersWeak => AccessText.TokenHeadersWeak(TokenRules.LeastSecret),
        AccessFaultKind.TokenName => AccessText.TokenName(TokenRules.LongestName),
        AccessFaultKind.TokenNetwork => AccessText.TokenNetwork(fault.About),
        AccessFaultKind.TokenNetworks => AccessText.TokenNetworks(TokenRules.LongestNetworks),
        AccessFaultKind.TokenNotValid => AccessText.TokenNotValid,
        AccessFaultKind.TokenNote => AccessText.TokenNote(TokenRules.LongestNote),
        AccessFaultKind.TokenScopeOfSite => AccessText.TokenScopeOfSite(fault.About),
        AccessFaultKind.TokenScopes => AccessText.TokenScopes(string.Join(", ", ApiScopes.All)),
        AccessFaultKind.TokenSerials => AccessText.TokenSerials(TokenRules.MostSerials),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>Several faults, each in a sentence or two.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<AccessFault> faults) => [.. faults.Select(Of)];

    /// <summary>Puts a fault of the audit trail into words.</summary>
    public static string Of(ChainFault fault) => fault.Kind switch
    {
        ChainFaultKind.CutOff => AccessText.ChainCutOff,
        ChainFaultKind.EntryAdded => AccessText.ChainEntryAdded(fault.Entry),
        ChainFaultKind.EntryAltered => AccessText.ChainEntryAltered(fault.Entry),
        ChainFaultKind.EntryMissing => AccessText.ChainEntryMissing(fault.Entry),
        ChainFaultKind.EntryReplaced => AccessText.ChainEntryReplaced(fault.Entry, fault.Entry - 1),
        ChainFaultKind.KeptMissing => AccessText.ChainKeptMissing(fault.Entry, fault.Kept),
        ChainFaultKind.KeptReplaced => AccessText.ChainKeptReplaced(fault.Entry),
        ChainFaultKind.Unguarded => AccessText.ChainUnguarded(fault.Trigger),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
