using System.Globalization;
using System.Security.Claims;

namespace Efento.Portal.Access;

/// <summary>
/// The locations a person or a token is limited to, with all that lies in them; no limit at all is null. Kept as keys separated by spaces: a key
/// whose location is gone allows nothing.
/// </summary>
/// <param name="Ids">The keys of the locations; none means that nothing is seen.</param>
public sealed record LocationLimit(IReadOnlyList<int> Ids)
{
    /// <summary>The claim that holds it; who has none is not limited.</summary>
    public const string ClaimType = "locations";

    /// <summary>Nothing at all.</summary>
    public static LocationLimit Nothing { get; } = new([]);

    /// <summary>As it is kept.</summary>
    public string Kept => string.Join(' ', Ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What was kept; null if there is no limit.</summary>
    public static LocationLimit? Parse(string? kept) => kept is null ? null : new(
        [.. kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))]);

    /// <summary>What is kept as a claim; none without a limit.</summary>
    internal static Claim[] Claims(string? kept) => kept is null ? [] : [new Claim(ClaimType, kept)];

    /// <summary>The limit of whoever asks; who is not signed in sees nothing.</summary>
    public static LocationLimit? Of(ClaimsPrincipal person) =>
        person.Identity is { IsAuthenticated: true } ? Parse(person.FindFirstValue(ClaimType)) : Nothing;

    /// <summary>Whether somebody of this role may be limited: administrators and auditors see everything.</summary>
    public static bool Fits(Role role) => role is Role.Viewer or Role.Operator;
}
