using Efento.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// Rejects passwords that can be guessed from the user or the site. <see cref="Passwords"/> checks the password by itself.
/// </summary>
/// <param name="db">The context that holds the site, even if that is not saved yet.</param>
internal sealed class PasswordRules(PortalDbContext db) : IPasswordValidator<User>
{
    /// <summary>A shorter name is ignored, because it occurs in any sentence.</summary>
    private const int ShortestName = 4;

    /// <inheritdoc/>
    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var text = password ?? "";
        if (IsIn(text, (user.Email ?? "").Split('@')[0]))
        {
            return Fault(AccessFaultKind.PasswordContainsName);
        }

        return IsIn(text, await SiteNameAsync()) ? Fault(AccessFaultKind.PasswordContainsSite) : IdentityResult.Success;
    }

    private async Task<string> SiteNameAsync() =>
        (db.Sites.Local.SingleOrDefault() ?? await db.Sites.AsNoTracking().SingleOrDefaultAsync())?.Name ?? "";

    private static bool IsIn(string password, string name) =>
        Bare(name) is { Length: >= ShortestName } bare && Bare(password).Contains(bare, StringComparison.Ordinal);

    /// <summary>Only letters and digits are compared: "j-smith-2026" contains "J. Smith".</summary>
    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static IdentityResult Fault(AccessFaultKind kind) => IdentityResult.Failed(new IdentityError { Code = kind.ToString() });
}
