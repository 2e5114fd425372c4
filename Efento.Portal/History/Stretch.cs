using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>A time with a begin and an end.</summary>
/// <param name="FromMs">The begin, Unix ms.</param>
/// <param name="ToMs">The end, Unix ms; not part of it.</param>
public readonly record struct Stretch(long FromMs, long ToMs);
