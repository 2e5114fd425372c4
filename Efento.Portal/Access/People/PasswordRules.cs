using Efento.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>What a password may be: long, not a common one, and not what anybody would guess of its person and place.</summary>
/// <param name="common">The common ones.</param>
/// <param name="db">Knows the site, be it about to be saved.</param>
internal sealed class PasswordRules(CommonPasswords common, PortalDbContext db) : IPasswordValidator<User>
{
    /// <summary>The shortest that is taken.</summary>
    public const int MinLength = 12;

    /// <summary>A shorter name is found in any sentence.</summary>
    private const int ShortestName = 4;

    /// <inheritdoc/>
    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var text = password ?? "";
        if (text.Length < MinLength)
        {
            return Fault("TooShort", AccessText.PasswordTooShort(text.Length, MinLength));
        }

        if (IsIn(text, (user.Email ?? "").Split('@')[0]))
        {
            return Fault("ContainsName", AccessText.PasswordContainsName);
        }

        if (IsIn(text, await SiteNameAsync()))
        {
            return Fault("ContainsSite", AccessText.PasswordContainsSite);
        }

        return common.Contains(text)
            ? Fault("Common", AccessText.PasswordCommon)
            : IdentityResult.Success;
    }

    private async Task<string> SiteNameAsync() =>
        (db.Sites.Local.FirstOrDefault() ?? await db.Sites.AsNoTracking().FirstOrDefaultAsync())?.Name ?? "";

    private static bool IsIn(string password, string name) =>
        Bare(name) is { Length: >= ShortestName } bare && Bare(password).Contains(bare, StringComparison.Ordinal);

    /// <summary>Letters and digits alone: "J. Smith" is in "j-smith-2026".</summary>
    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static IdentityResult Fault(string code, string description) => IdentityResult.Failed(new IdentityError { Code = code, Description = description });
}
