using Microsoft.AspNetCore.Identity;

namespace Efento.Portal.Access;

/// <summary>
/// Prepares and sets passwords. Looking a password up among the common ones and hashing it take time, so both are done before the write
/// gate is entered.
/// </summary>
internal sealed class Passwords(IPasswordHasher<User> hasher, CommonPasswords common, PasswordQueue queue)
{
    /// <summary>The shortest password that is accepted, in characters.</summary>
    public const int MinLength = 12;

    /// <summary>The longest password that is accepted, in characters. A longer one costs time and is no harder to guess.</summary>
    public const int MaxLength = 256;

    /// <summary>Checks a new password by itself, and hashes it.</summary>
    public async Task<NewPassword> PrepareAsync(string text, CancellationToken cancellationToken = default) => FaultOf(text) is { } fault
        ? new NewPassword(text, "", fault)
        : await queue.RunAsync(
            () => common.Contains(text)
                ? new NewPassword(text, "", AccessFaultKind.PasswordCommon)
                : new NewPassword(text, hasher.HashPassword(new User { CreatedUtc = default }, text), null),
            cancellationToken);

    /// <summary>Sets it if the rules allow it. All sessions end except the one it was set from.</summary>
    /// <returns>The faults; empty if it was set.</returns>
    internal static async Task<IReadOnlyList<AccessFault>> SetAsync(UserManager<User> users, User user, NewPassword password)
    {
        if (await FaultsAsync(users, user, password) is { Count: > 0 } faults)
        {
            return faults;
        }

        user.PasswordHash = password.Hash;
        return Faults(await users.UpdateSecurityStampAsync(user));
    }

    /// <summary>The faults by the rules.</summary>
    internal static async Task<IReadOnlyList<AccessFault>> FaultsAsync(UserManager<User> users, User user, NewPassword password)
    {
        if (password.Fault is { } fault)
        {
            return [fault];
        }

        List<AccessFault> faults = [];
        foreach (var rule in users.PasswordValidators)
        {
            faults.AddRange(Faults(await rule.ValidateAsync(users, user, password.Text)));
        }

        return faults;
    }

    private static AccessFault? FaultOf(string text) =>
        text.Length < MinLength ? new AccessFault(AccessFaultKind.PasswordTooShort, Count: text.Length)
        : text.Length > MaxLength ? new AccessFault(AccessFaultKind.PasswordTooLong, Count: text.Length)
        : null;

    /// <summary>What Identity found wrong (<see cref="AccountFaults"/>, <see cref="PasswordRules"/>).</summary>
    internal static IReadOnlyList<AccessFault> Faults(IdentityResult result) =>
        [.. result.Errors.Select(e => new AccessFault(Enum.Parse<AccessFaultKind>(e.Code)))];
}

/// <summary>A password about to be set.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="Hash">The hash to be stored; empty if the password can't be set.</param>
/// <param name="Fault">The fault of the password by itself; null if there is none.</param>
internal sealed record NewPassword(string Text, string Hash, AccessFault? Fault);
