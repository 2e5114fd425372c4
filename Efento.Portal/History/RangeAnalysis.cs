using System.Runtime.InteropServices;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>
/// Walks once through the pieces of a channel and finds where values are missing, where readings came late, how much time is covered, and
/// the sum of everything.
/// <para>
/// A gap is a time from one value to the next that is longer than the section before it allows. Readings without value do not end a gap;
/// they are kept as evidence of its cause. At any resolution a gap has exact borders, because a rollup keeps the times of its first and
/// last value. A gap within a single hour or day can't be seen there; it shows in the covered time alone.
/// </para>
/// </summary>
internal sealed class RangeAnalysis
{
    private readonly List<MissingTime> _missing = [];
    private readonly List<Stretch> _late = [];

    /// <summary>The readings without value since the last value.</summary>
    private readonly List<Stretch> _empty = [];

    private readonly MeasurementKind _kind;
    /// <summary>A gap that began before the range needs at least so many ms within it: a shorter rest could not be seen.</summary>
    private const long ShortestRestMs = 60_000;

    private readonly Stretch _range;
    private Rollup? _sum;
    private long _coveredMs;

    private RangeAnalysis(MeasurementKind kind, Stretch range) => (_kind, _range) = (kind, range);

    /// <summary>The times without values, in order.</summary>
    public IReadOnlyList<MissingTime> Missing => _missing;

    /// <summary>Where readings came late, in order.</summary>
    public IReadOnlyList<Stretch> Late => _late;

    /// <summary>All pieces put together; null if there is none.</summary>
    public Rollup? Sum => _sum;

    /// <summary>Walks through a channel.</summary>
    /// <param name="kind">How its values behave.</param>
    /// <param name="pieces">The pieces in measured order.</param>
    /// <param name="sections">The sections of these pieces, in order; at least one.</param>
    /// <param name="range">The range; it must not reach beyond the present.</param>
    public static RangeAnalysis Through(MeasurementKind kind, ReadOnlySpan<Rollup> pieces, IReadOnlyList<Section> sections, Stretch range)
    {
        var walk = new RangeAnalysis(kind, range);
        Previous? before = null;
        foreach (var section in sections)
        {
            // The walk begins with the last value before the range. A later section goes on from the piece before it.
            if (section.First == section.Part.First && section.Part.Before is { } value && before is null)
            {
                before = new Previous(value, section);
            }

            for (var i = section.First; i < section.End; i++)
            {
                walk.Take(pieces[i], i + 1 < pieces.Length ? pieces[i + 1].FirstMs : long.MaxValue, section, ref before);
            }
        }

        walk.End(sections[^1], before);
        return walk;
    }

    /// <summary>The statistics of the range.</summary>
    public RangeStatistics Statistics() => new()
    {
        Range = _range,
        Count = _sum?.Count ?? 0,
        WithoutValue = _sum?.Empty ?? 0,
        Min = _sum is { Count: > 0 } ? _sum.Value.Min : null,
        Max = _sum is { Count: > 0 } ? _sum.Value.Max : null,
        Mean = _sum is { Count: > 0 } ? _sum.Value.Mean : null,
        Total = _kind is MeasurementKind.PeriodCounter or MeasurementKind.RunningCounter && _sum is { Count: > 0 }
            ? _sum.Value.TotalOf(_kind)
            : null,
        Changes = _kind is MeasurementKind.Binary && _sum is { Count: > 0 } ? (long)_sum.Value.Moved : null,
        Covered = TimeSpan.FromMilliseconds(_coveredMs),
    };

    private void Take(in Rollup piece, long nextMs, in Section section, ref Previous? before)
    {
        if (before is { } first && _sum is null)
        {
            // The last value before the range covers one interval, and that may reach into the range.
            Cover(first.Value.LastMs, Math.Min(first.Value.LastMs + section.IntervalMs, piece.FirstMs));
        }

        NoteLate(piece, nextMs, section);
        Add(piece, section, before);
        if (piece.Count == 0)
        {
            // "before" stays the last value, so that the gap around readings without value is one gap.
            _empty.Add(new Stretch(piece.FirstMs, piece.LastMs));
            return;
        }

        if (before is { } last)
        {
            Miss(last, piece.FirstMs, piece.Empty > 0);
        }
        else if (_empty.Count > 0)
        {
            // No value came before, but the logger measured here. Without such readings nothing is missing before a channel's first value.
            _missing.Add(new MissingTime(_range.FromMs, piece.FirstMs, section, [.. _empty]));
        }

        _empty.Clear();
        // Within an hour or a day each value covers one interval, but together no more than from the first value to the last.
        _coveredMs += Math.Min((piece.Count - 1) * section.IntervalMs, piece.LastMs - piece.FirstMs);
        Cover(piece.LastMs, Math.Min(piece.LastMs + section.IntervalMs, nextMs));
        before = new Previous(piece, section);
    }

    private void Cover(long fromMs, long toMs) =>
        _coveredMs += Math.Max(0, Math.Min(toMs, _range.ToMs) - Math.Max(fromMs, _range.FromMs));

    /// <summary>
    /// Adds a piece to the sum. If another logger took over, the step from its predecessor's last value is left out: the difference between
    /// two meters is no consumption.
    /// </summary>
    private void Add(in Rollup piece, in Section section, Previous? before)
    {
        if (_sum is not { } sum)
        {
            _sum = piece;
            return;
        }

        var isOther = before is { } last && last.Section.Part != section.Part && sum.Count > 0 && piece.Count > 0;
        var together = sum.Then(piece, _kind);
        _sum = isOther ? together with { Moved = sum.Moved + piece.Moved } : together;
    }

    private void Miss(in Previous last, long untilMs, bool isEmptyBefore)
    {
        // The section before the gap decides, also if another logger ended it. LongestMs is null if no interval is known; then the
        // comparison is false, and nothing is missing.
        var isRest = last.Value.LastMs < _range.FromMs;
        if (!(untilMs - last.Value.LastMs > last.Section.LongestMs) || (isRest && untilMs - _range.FromMs < ShortestRestMs))
        {
            return;
        }

        List<Stretch> empty = [.. _empty];
        if (last.Value is { Empty: > 0, Count: > 0 })
        {
            // A rollup knows how many of its readings had no value, but not when. They may lie in the rest of the hour of its last value,
            // and those of the rollup after the gap in the hour of its first value.
            empty.Insert(0, new Stretch(last.Value.LastMs, Math.Min(untilMs, Hours.StartMs(Hours.Of(last.Value.LastMs) + 1))));
        }

        if (isEmptyBefore)
        {
            empty.Add(new Stretch(Math.Max(last.Value.LastMs, Hours.StartMs(Hours.Of(untilMs))), untilMs));
        }

        _missing.Add(new MissingTime(Math.Max(_range.FromMs, last.Value.LastMs), untilMs, last.Section, empty));
    }

    private void NoteLate(in Rollup piece, long nextMs, in Section section)
    {
        if (piece.DelayMs <= LateRule.AllowedMs(section.IntervalMs))
        {
            return;
        }

        // A rollup keeps its longest delay only, so a late reading marks the whole hour or day.
        var late = new Stretch(piece.FirstMs, Math.Min(_range.ToMs, Math.Min(nextMs, piece.LastMs + Math.Max(1, section.IntervalMs))));
        if (_late is [.., var last] && late.FromMs <= last.ToMs)
        {
            CollectionsMarshal.AsSpan(_late)[^1] = last with { ToMs = late.ToMs };
        }
        else
        {
            _late.Add(late);
        }
    }

    private void End(in Section section, Previous? before)
    {
        var untilMs = Math.Min(_range.ToMs, section.Part.ToMs);
        if (before is { } last)
        {
            if (_sum is null)
            {
                Cover(last.Value.LastMs, last.Value.LastMs + last.Section.IntervalMs);
            }

            if (section.Part.Awaited?.Holds(last.Value.LastMs, untilMs) is not true)
            {
                Miss(last, untilMs, isEmptyBefore: false);
            }
        }
        else if (_empty.Count > 0)
        {
            _missing.Add(new MissingTime(_range.FromMs, untilMs, section, [.. _empty]));
        }
    }

    private readonly record struct Previous(Rollup Value, Section Section);
}

/// <summary>A time without values, before its cause is known.</summary>
/// <param name="FromMs">The time of the last value before it, Unix ms; the begin of the range if that value lies before the range.</param>
/// <param name="ToMs">The time of the first value after it; the end of the range if there is none.</param>
/// <param name="Section">The logger that should have measured, and its interval.</param>
/// <param name="WithoutValue">The readings without value in it.</param>
internal sealed record MissingTime(long FromMs, long ToMs, Section Section, IReadOnlyList<Stretch> WithoutValue);
