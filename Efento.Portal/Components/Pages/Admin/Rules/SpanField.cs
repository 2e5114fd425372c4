using System.Globalization;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>A field for a time: a number and a unit.</summary>
public sealed class SpanField
{
    /// <summary>A number that is no time.</summary>
    private const long None = -1;

    /// <summary>The units in ms, the smallest first.</summary>
    public static IReadOnlyList<long> Units { get; } = [1_000, 60_000, 3_600_000, 86_400_000];

    /// <summary>What is typed.</summary>
    public string? Text { get; set; }

    /// <summary>The chosen unit in ms.</summary>
    public long Unit { get; set; } = 60_000;

    /// <summary>The field of a stored time in ms; empty for null.</summary>
    public static SpanField Of(long? ms)
    {
        if (ms is not > 0)
        {
            return new() { Text = ms is null ? null : "0" };
        }

        var unit = Units.LastOrDefault(u => ms % u == 0, Units[0]);
        return new() { Text = (ms.Value / unit).ToString(CultureInfo.InvariantCulture), Unit = unit };
    }

    /// <summary>The time in ms; null if the field is empty, negative if no whole number is typed.</summary>
    public long? Ms => string.IsNullOrWhiteSpace(Text) ? null
        : int.TryParse(Text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count * Unit
        : None;

    /// <summary>The word for a unit.</summary>
    public static string Word(long unit) => unit switch
    {
        1_000 => RulesPageText.Seconds,
        60_000 => RulesPageText.Minutes,
        3_600_000 => RulesPageText.Hours,
        _ => RulesPageText.Days,
    };
}
