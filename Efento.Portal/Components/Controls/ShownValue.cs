namespace Efento.Portal.Components.Controls;

/// <summary>One value as it is shown.</summary>
/// <param name="Label">What is measured: "Temperature", with the channel where a logger has two of it.</param>
/// <param name="Text">The number or word; a dash where the logger delivered none.</param>
/// <param name="Unit">The unit, empty where there is none.</param>
/// <param name="Remark">What is wrong with it ("sensor error", "out of range"), null if nothing is.</param>
public sealed record ShownValue(string Label, string Text, string Unit, string? Remark = null)
{
    /// <summary>
    /// When it was measured, if it is not of now although the logger is heard: other values of it go on coming, or the sensor delivers none and this was the
    /// last; null if all is well.
    /// </summary>
    public DateTimeOffset? LeftBehindUtc { get; init; }
}
