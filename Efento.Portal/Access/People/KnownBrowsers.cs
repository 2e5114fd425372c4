using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Efento.Portal.Access;

/// <summary>
/// Remembers in a browser which accounts have signed in with it, so that others who fail at an account don't keep such a browser waiting. The cookie opens
/// nothing: it only gives the browser failures of its own.
/// </summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    /// <summary>The accounts remembered in one browser; the one that signed in longest ago makes room.</summary>
    private const int MostAccounts = 20;

    private readonly IDataProtector _protector = protection.CreateProtector("Efento.Portal.KnownBrowser");

    /// <summary>The browser a cookie stands for; null if there is none, or one of other keys.</summary>
    public KnownBrowser? Read(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie))
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(cookie).Split(' ') is [var id, .. var accounts]
                ? new KnownBrowser(id, [.. accounts.Select(a => int.Parse(a, CultureInfo.InvariantCulture))])
                : null;
        }
        catch (CryptographicException)
        {
            // Of keys from before a restored backup, or made up: a browser like any other.
            return null;
        }
    }

    /// <summary>The cookie of a browser an account has signed in with just now.</summary>
    public string Write(KnownBrowser? browser, int userId)
    {
        var accounts = (browser?.Accounts ?? []).Where(a => a != userId).TakeLast(MostAccounts - 1).Append(userId);
        return _protector.Protect($"{browser?.Id ?? Guid.NewGuid().ToString("n")} {string.Join(' ', accounts.Select(a => a.ToString(CultureInfo.InvariantCulture)))}");
    }
}

/// <summary>A browser in which people have signed in before.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Accounts">The keys of their accounts.</param>
public sealed record KnownBrowser(string Id, IReadOnlyList<int> Accounts);
