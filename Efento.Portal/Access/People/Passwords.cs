using Microsoft.AspNetCore.Identity;

namespace Efento.Portal.Access;

/// <summary>Prepares and sets passwords. Looking one up among the common ones and hashing it take their time, so both are done before the turn to write.</summary>
public sealed class Passwords(IPasswordHasher<User> hasher, CommonPasswords common, PasswordLane lane)
{
    /// <summary>The shortest that is taken.</summary>
    public const int MinLength = 12;

    /// <summary>The longest that is taken: what is longer costs time and is no harder to guess.</summary>
    public const int MaxLength = 256;

    /// <summary>Checks a password that is going to be set by itself, and hashes it.</summary>
    public async Task<NewPassword> PrepareAsync(string text, CancellationToken cancellationToken = default) => FaultOf(text) is { } fault
        ? new NewPassword(text, "", fault)
        : await lane.RunAsync(
            () => common.Contains(text)
                ? new NewPassword(text, "", AccessText.PasswordCommon)
                : new NewPassword(text, hasher.HashPassword(new User { CreatedUtc = default }, text), null),
            cancellationToken);

    /// <summary>Sets it, if the rules allow it; only the session it was set from may go on.</summary>
    /// <returns>What is wrong with it; empty if it was set.</returns>
    internal static async Task<IReadOnlyList<string>> SetAsync(UserManager<User> users, User user, NewPassword password)
    {
        if (await FaultsAsync(users, user, password) is { Count: > 0 } faults)
        {
            return faults;
        }

        user.PasswordHash = password.Hash;
        return InWords(await users.UpdateSecurityStampAsync(user));
    }

    /// <summary>What the rules say against it.</summary>
    internal static async Task<IReadOnlyList<string>> FaultsAsync(UserManager<User> users, User user, NewPassword password)
    {
        if (password.Fault is { } fault)
        {
            return [fault];
        }

        List<string> faults = [];
        foreach (var rule in users.PasswordValidators)
        {
            faults.AddRange(InWords(await rule.ValidateAsync(users, user, password.Text)));
        }

        return faults;
    }

    private static string? FaultOf(string text) =>
        text.Length < MinLength ? AccessText.PasswordTooShort(text.Length, MinLength)
        : text.Length > MaxLength ? AccessText.PasswordTooLong(text.Length, MaxLength)
        : null;

    /// <summary>What Identity found wrong.</summary>
    internal static IReadOnlyList<string> InWords(IdentityResult result) => [.. result.Errors.Select(e => e.Description)];
}

/// <summary>A password about to be set.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="Hash">What is kept; empty if it can't be set.</param>
/// <param name="Fault">What is wrong with it by itself; null if nothing is.</param>
public sealed record NewPassword(string Text, string Hash, string? Fault);
