using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Efento.Portal.Access;

/// <summary>
/// Remembers in a browser which accounts have signed in with it. Failed sign-in attempts of others then don't make this browser wait. The
/// cookie gives no access: it only makes the portal count the browser's failures separately.
/// </summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    /// <summary>The most accounts remembered in one browser. The one whose sign-in is oldest is dropped first.</summary>
    private const int MostAccounts = 20;

    private readonly IDataProtector _protector = protection.CreateProtector("Efento.Portal.KnownBrowser");

    /// <summary>The browser of a cookie; null if there is none, or if it was made with other keys.</summary>
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
            // It was made with keys that are gone after a restored backup, or it is forged. The browser counts as unknown.
            return null;
        }
    }

    /// <summary>The cookie of a browser after an account has signed in with it.</summary>
    public string Write(KnownBrowser? browser, int userId)
    {
        var accounts = (browser?.Accounts ?? []).Where(a => a != userId).TakeLast(MostAccounts - 1).Append(userId);
        return _protector.Protect(
            $"{browser?.Id ?? Guid.NewGuid().ToString("n")} {string.Join(' ', accounts.Select(a => a.ToString(CultureInfo.InvariantCulture)))}");
    }
}

/// <summary>A browser in which users have signed in before.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Accounts">The keys of their accounts.</param>
internal sealed record KnownBrowser(string Id, IReadOnlyList<int> Accounts);
