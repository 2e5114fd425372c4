namespace Efento.Portal.Components.Controls;

/// <summary>
/// From when on a logger's values are due, late and silent; the browser's clock tells which of it holds. Without any time the logger was
/// never seen.
/// </summary>
/// <param name="DueUtc">When the next value is promised.</param>
/// <param name="LateUtc">From here on a value loses its colour.</param>
/// <param name="SilentUtc">From here on the logger counts as silent.</param>
/// <param name="State">A state that is no matter of time, in the words of src/words.ts: error, ahead, unsynchronised, held, refused, retired, unknown.</param>
public sealed record Freshness(DateTimeOffset? DueUtc, DateTimeOffset? LateUtc, DateTimeOffset? SilentUtc, string? State = null)
{
    /// <summary>Whether a maintenance explains it if something is missing.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>Nothing was ever heard.</summary>
    public static Freshness Never { get; } = new(null, null, null);
}
