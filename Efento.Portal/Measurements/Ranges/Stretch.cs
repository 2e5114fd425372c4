namespace Efento.Portal.Measurements.Ranges;

/// <summary>A time from then until then.</summary>
/// <param name="FromMs">Its begin, Unix ms.</param>
/// <param name="ToMs">Its end, Unix ms; not part of it.</param>
public readonly record struct Stretch(long FromMs, long ToMs);
