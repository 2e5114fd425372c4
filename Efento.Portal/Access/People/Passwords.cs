using Microsoft.AspNetCore.Identity;

namespace Efento.Portal.Access;

/// <summary>Prepares and sets passwords. Hashing takes as long as it is meant to, so it is done before the turn to write.</summary>
public sealed class Passwords(IPasswordHasher<User> hasher)
{
    /// <summary>Hashes a password that is going to be set.</summary>
    public NewPassword Prepare(string text) => new(text, hasher.HashPassword(new User { CreatedUtc = default }, text));

    /// <summary>Sets it, if the rules allow it; only the session it was set from may go on.</summary>
    /// <returns>What is wrong with it; empty if it was set.</returns>
    internal static async Task<IReadOnlyList<string>> SetAsync(UserManager<User> users, User user, NewPassword password)
    {
        if (await FaultsAsync(users, user, password) is { Count: > 0 } faults)
        {
            return faults;
        }

        user.PasswordHash = password.Hash;
        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
        return InWords(await users.UpdateSecurityStampAsync(user));
    }

    /// <summary>What the rules say against it.</summary>
    internal static async Task<IReadOnlyList<string>> FaultsAsync(UserManager<User> users, User user, NewPassword password)
    {
        List<string> faults = [];
        foreach (var rule in users.PasswordValidators)
        {
            faults.AddRange(InWords(await rule.ValidateAsync(users, user, password.Text)));
        }

        return faults;
    }

    /// <summary>What Identity found wrong.</summary>
    internal static IReadOnlyList<string> InWords(IdentityResult result) => [.. result.Errors.Select(e => e.Description)];
}

/// <summary>A password about to be set.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="Hash">What is kept.</param>
public sealed record NewPassword(string Text, string Hash);
