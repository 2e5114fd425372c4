using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Rules.Documents;

/// <summary>The states of a binary type in rules.json: the type's own words, or <c>on</c> and <c>off</c> for any type.</summary>
internal static class StateNames
{
    private const string On = "on";
    private const string Off = "off";

    /// <summary>The name of a state.</summary>
    /// <param name="type">The key of the type; null for none.</param>
    /// <param name="state">1 or 0.</param>
    public static string Of(string? type, int state) => OwnOf(type) is var own && state == 1 ? own.One : own.Zero;

    /// <summary>The state of this name; null if the type has none.</summary>
    public static int? Parse(string? type, string name) => OwnOf(type) switch
    {
        _ when name == On => 1,
        _ when name == Off => 0,
        var own when name == own.One => 1,
        var own when name == own.Zero => 0,
        _ => null,
    };

    /// <summary>The names that a type takes.</summary>
    public static IEnumerable<string> AllOf(string? type) => new[] { On, Off, OwnOf(type).One, OwnOf(type).Zero }.Distinct();

    private static (string One, string Zero) OwnOf(string? type) => type is { Length: > 0 and <= MeasurementTypes.MaxNameLength }
        ? MeasurementTypes.Get(type) switch
        {
            { ZeroWord: "dry" } => ("wet", "dry"),
            { Kind: MeasurementKind.Binary } known => (known.OneWord, known.ZeroWord),
            _ => (On, Off),
        }
        : (On, Off);
}
