using Efento.Portal.Devices;

namespace Efento.Portal.Components.Controls;

/// <summary>
/// The times from which a logger's values are due, late and silent. The browser's clock decides which of them applies. Without any time,
/// the logger was never heard.
/// </summary>
/// <param name="DueUtc">When the next value is due.</param>
/// <param name="LateUtc">When the values become late and are drawn grey.</param>
/// <param name="SilentUtc">When the logger counts as silent.</param>
/// <param name="State">
/// A state that does not depend on time, as in src/words.ts: critical, warning, alarm, error, ahead, unsynchronised, held, refused,
/// retired, unknown.
/// </param>
public sealed record Freshness(DateTimeOffset? DueUtc, DateTimeOffset? LateUtc, DateTimeOffset? SilentUtc, string? State = null)
{
    /// <summary>Whether maintenance explains missing values.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>What it calls for, however old its values are.</summary>
    public LoggerAlert Alert { get; init; }

    /// <summary>What is said of its values while it is on time, as in src/words.ts; null for nothing.</summary>
    public string? Verdict { get; init; }

    /// <summary>Whether it calls for something; the tile then has the frame of trouble, also when it is late or silent.</summary>
    public bool HasAlert => Alert is not LoggerAlert.None;

    /// <summary>Never heard.</summary>
    public static Freshness Never { get; } = new(null, null, null);
}
