namespace Efento.Portal.Components.Controls;

/// <summary>One value for display.</summary>
/// <param name="Label">The measured quantity, such as "Temperature", with the channel if the logger has two of the same kind.</param>
/// <param name="Text">The number or word; a dash if there is none.</param>
/// <param name="Unit">The unit; empty if there is none.</param>
/// <param name="Remark">What is wrong with the value ("sensor error", "out of range"); null if nothing is.</param>
public sealed record ShownValue(string Label, string Text, string Unit, string? Remark = null)
{
    /// <summary>
    /// When it was measured, if it is outdated although the logger still sends: other values continue to arrive, or the sensor delivers
    /// none and this was the last one. Null otherwise.
    /// </summary>
    public DateTimeOffset? LeftBehindUtc { get; init; }

    /// <summary>The channel's number where a logger has two of the same; it stands at the end of <see cref="Label"/>.</summary>
    public byte? Channel { get; init; }

    /// <summary>Whether it reports water or an alarm.</summary>
    public bool IsAlarm { get; init; }

    /// <summary><see cref="Label"/> without the number: it may be cut short, the number may not.</summary>
    public string Name => Channel is null ? Label : Label[..Label.LastIndexOf(' ')];

    /// <summary>A shorter name of the quantity ("Temp."); null if it has none.</summary>
    public string? ShortName { get; init; }

    /// <summary>The name that has room in a tile: the short one if three figures or more share its width.</summary>
    /// <param name="count">The number of figures.</param>
    public string NameAmong(int count) => count > 2 ? ShortName ?? Name : Name;
}
