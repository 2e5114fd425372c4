namespace Efento.Portal.Streaming;

/// <summary>
/// The content of a point's tile, in the language and units that a wall board asked for. Times and texts are null if there are none.
/// </summary>
/// <param name="Where">The location, shortened to what can be read from afar.</param>
/// <param name="State">
/// A state that does not depend on time, in words; null if the times of the point tell how fresh its values are.
/// </param>
/// <param name="HasAlert">
/// Whether an alarm goes on that nobody acknowledged, or its values report water, an alarm or a sensor error, however old they are.
/// </param>
/// <param name="Verdict">What is said of its values while it is on time: noLimits, inOrder, … in small letters; null for nothing.</param>
/// <param name="HasRemark">Whether there is a remark on its values beside their age.</param>
/// <param name="MeasuredAt">When the newest of its values was measured.</param>
/// <param name="Critical">
/// The keys of the critical alarms that go on and that nobody has acknowledged. A screen sounds when one is new.
/// </param>
/// <param name="Values">Its values in order.</param>
public sealed record LiveTile(
    string Where, string? State, bool HasAlert, string? Verdict, bool HasRemark, DateTimeOffset? MeasuredAt, IReadOnlyList<int> Critical,
    IReadOnlyList<LiveTileValue> Values);

/// <summary>A value of a tile.</summary>
/// <param name="Label">The measured quantity, without the channel.</param>
/// <param name="Channel">The channel's number if the logger has several of the same quantity.</param>
/// <param name="Text">The number or word; a dash if there is none.</param>
/// <param name="Unit">The unit; empty if there is none.</param>
/// <param name="Remark">What is wrong with the value.</param>
/// <param name="IsAlarm">Whether it reports water or an alarm.</param>
/// <param name="LeftBehindAt">When it was measured, if it is outdated although the logger still sends.</param>
/// <param name="Ems">The width of the number with its unit, in ems.</param>
public sealed record LiveTileValue(
    string Label, byte? Channel, string Text, string Unit, string? Remark, bool IsAlarm, DateTimeOffset? LeftBehindAt, double Ems);
