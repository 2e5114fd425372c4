using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>A time in which a binary channel was in one state, or in which it changed too often to draw every change.</summary>
/// <param name="FromMs">The first reading of the state, Unix ms.</param>
/// <param name="ToMs">The begin of the next state, the last reading before a gap, or the end of the range.</param>
/// <param name="State">0 or 1; null if it changed too often: see <paramref name="Changes"/> and <paramref name="ShareOfOne"/>.</param>
/// <param name="Changes">How often the state changed; 0 if it is one state.</param>
/// <param name="ShareOfOne">The share of readings with the value 1, from 0 to 1.</param>
public readonly record struct StateStretch(long FromMs, long ToMs, int? State, long Changes, double ShareOfOne);
