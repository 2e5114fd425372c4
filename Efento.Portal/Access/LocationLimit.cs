using System.Globalization;
using System.Security.Claims;

namespace Efento.Portal.Access;

/// <summary>
/// The locations, with everything in them, that a user or a token is limited to; null means no limit. Stored as keys separated by spaces. A
/// key whose location was deleted allows nothing.
/// </summary>
/// <param name="Ids">The keys of the locations; if there are none, nothing is visible.</param>
public sealed record LocationLimit(IReadOnlyList<int> Ids)
{
    /// <summary>The claim type of a limit; an identity without it is not limited.</summary>
    public const string ClaimType = "locations";

    /// <summary>A limit that allows nothing.</summary>
    public static LocationLimit Nothing { get; } = new([]);

    /// <summary>The limit in its stored form.</summary>
    public string Kept => string.Join(' ', Ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The limit from its stored form; null if there is none.</summary>
    public static LocationLimit? Parse(string? kept) => kept is null ? null : new(
        [.. kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))]);

    /// <summary>The claims of a limit; empty without one.</summary>
    internal static Claim[] Claims(string? kept) => kept is null ? [] : [new Claim(ClaimType, kept)];

    /// <summary>The limit of the caller. An anonymous caller sees nothing.</summary>
    public static LocationLimit? Of(ClaimsPrincipal person) =>
        person.Identity is { IsAuthenticated: true } ? Parse(person.FindFirstValue(ClaimType)) : Nothing;

    /// <summary>Whether a user of this role may be limited: administrators and auditors see everything.</summary>
    public static bool Fits(Role role) => role is Role.Viewer or Role.Operator;
}
