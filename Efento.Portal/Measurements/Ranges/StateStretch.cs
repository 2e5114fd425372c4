namespace Efento.Portal.Measurements.Ranges;

/// <summary>A time in which a binary channel was in one state, or in which it changed too often to draw every change.</summary>
/// <param name="FromMs">From when on, Unix ms: the first reading of the state.</param>
/// <param name="ToMs">Until when: the next state, the last reading before a gap, or the end of the range.</param>
/// <param name="State">0 or 1; null where it changed too often: see <paramref name="Changes"/> and <paramref name="ShareOfOne"/>.</param>
/// <param name="Changes">How often the state changed within; 0 where it is one state.</param>
/// <param name="ShareOfOne">The share of its readings that say 1, 0 to 1.</param>
public readonly record struct StateStretch(long FromMs, long ToMs, int? State, long Changes, double ShareOfOne);
