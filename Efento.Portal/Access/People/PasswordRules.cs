using Efento.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>What a password may not be: what anybody would guess of its person and place. What it may be by itself is <see cref="Passwords"/>' to say.</summary>
/// <param name="db">Knows the site, be it about to be saved.</param>
internal sealed class PasswordRules(PortalDbContext db) : IPasswordValidator<User>
{
    /// <summary>A shorter name is found in any sentence.</summary>
    private const int ShortestName = 4;

    /// <inheritdoc/>
    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var text = password ?? "";
        if (IsIn(text, (user.Email ?? "").Split('@')[0]))
        {
            return Fault("ContainsName", AccessText.PasswordContainsName);
        }

        return IsIn(text, await SiteNameAsync()) ? Fault("ContainsSite", AccessText.PasswordContainsSite) : IdentityResult.Success;
    }

    private async Task<string> SiteNameAsync() =>
        (db.Sites.Local.FirstOrDefault() ?? await db.Sites.AsNoTracking().FirstOrDefaultAsync())?.Name ?? "";

    private static bool IsIn(string password, string name) =>
        Bare(name) is { Length: >= ShortestName } bare && Bare(password).Contains(bare, StringComparison.Ordinal);

    /// <summary>Letters and digits alone: "J. Smith" is in "j-smith-2026".</summary>
    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static IdentityResult Fault(string code, string description) => IdentityResult.Failed(new IdentityError { Code = code, Description = description });
}
