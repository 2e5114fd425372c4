using System.Runtime.InteropServices;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// Goes once through the pieces of a channel and finds where values are missing, where readings came late, how much is covered, and what all of
/// it amounts to.
/// </summary>
internal sealed class RangeWalk
{
    private readonly List<MissingTime> _missing = [];
    private readonly List<Stretch> _late = [];

    /// <summary>Where readings without value lie since the last value.</summary>
    private readonly List<Stretch> _empty = [];

    private readonly MeasurementKind _kind;
    /// <summary>What remains in the range of a gap that began before it is none if it is shorter, in ms: nobody would see it.</summary>
    private const long ShortestRestMs = 60_000;

    private readonly Stretch _range;
    private Rollup? _sum;
    private long _coveredMs;

    private RangeWalk(MeasurementKind kind, Stretch range) => (_kind, _range) = (kind, range);

    /// <summary>The times without values, in order.</summary>
    public IReadOnlyList<MissingTime> Missing => _missing;

    /// <summary>Where readings came late, in order.</summary>
    public IReadOnlyList<Stretch> Late => _late;

    /// <summary>Everything together; null if there is nothing.</summary>
    public Rollup? Sum => _sum;

    /// <summary>Goes through a channel.</summary>
    /// <param name="kind">How its values behave.</param>
    /// <param name="pieces">What was measured.</param>
    /// <param name="sections">By whom and how often, in order; at least one.</param>
    /// <param name="range">The range up to the present.</param>
    public static RangeWalk Through(MeasurementKind kind, ReadOnlySpan<Rollup> pieces, IReadOnlyList<Section> sections, Stretch range)
    {
        var walk = new RangeWalk(kind, range);
        Previous? before = null;
        foreach (var section in sections)
        {
            // A logger that took over begins with what it measured here last; a later section of the same logger goes on.
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

    /// <summary>The figures.</summary>
    public RangeStatistics Statistics() => new()
    {
        Range = _range,
        Count = _sum?.Count ?? 0,
        WithoutValue = _sum?.Empty ?? 0,
        Min = _sum is { Count: > 0 } ? _sum.Value.Min : null,
        Max = _sum is { Count: > 0 } ? _sum.Value.Max : null,
        Mean = _sum is { Count: > 0 } ? _sum.Value.Mean : null,
        Total = _kind is MeasurementKind.PeriodCounter or MeasurementKind.RunningCounter && _sum is { Count: > 0 } ? _sum.Value.TotalOf(_kind) : null,
        Changes = _kind is MeasurementKind.Binary && _sum is { Count: > 0 } ? (long)_sum.Value.Moved : null,
        Covered = TimeSpan.FromMilliseconds(_coveredMs),
    };

    private void Take(in Rollup piece, long nextMs, in Section section, ref Previous? before)
    {
        if (before is { } first && _sum is null)
        {
            // What was measured before the range reaches into it.
            Cover(first.Value.LastMs, Math.Min(first.Value.LastMs + section.IntervalMs, piece.FirstMs));
        }

        NoteLate(piece, nextMs, section);
        Add(piece, section, before);
        if (piece.Count == 0)
        {
            _empty.Add(new Stretch(piece.FirstMs, piece.LastMs));
            return;
        }

        if (before is { } last)
        {
            Miss(last, piece.FirstMs, piece.Empty > 0);
        }
        else if (_empty.Count > 0)
        {
            _missing.Add(new MissingTime(_range.FromMs, piece.FirstMs, section, [.. _empty]));
        }

        _empty.Clear();
        _coveredMs += Math.Min((piece.Count - 1) * section.IntervalMs, piece.LastMs - piece.FirstMs);
        Cover(piece.LastMs, Math.Min(piece.LastMs + section.IntervalMs, nextMs));
        before = new Previous(piece, section);
    }

    private void Cover(long fromMs, long toMs) =>
        _coveredMs += Math.Max(0, Math.Min(toMs, _range.ToMs) - Math.Max(fromMs, _range.FromMs));

    /// <summary>Counters of two loggers have nothing to do with each other.</summary>
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
        var isRest = last.Value.LastMs < _range.FromMs;
        if (!(untilMs - last.Value.LastMs > last.Section.LongestMs) || (isRest && untilMs - _range.FromMs < ShortestRestMs))
        {
            return;
        }

        List<Stretch> empty = [.. _empty];
        if (last.Value is { Empty: > 0, Count: > 0 })
        {
            // Somewhere in the rest of its hour or day.
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

/// <summary>A time without values whose cause is still to be told.</summary>
/// <param name="FromMs">The last value before it, Unix ms; the begin of the range where that lies before it.</param>
/// <param name="ToMs">The first value after it; the end of the range where there is none in it.</param>
/// <param name="Section">Who should have measured, and how often.</param>
/// <param name="WithoutValue">Where readings without value lie in it.</param>
internal sealed record MissingTime(long FromMs, long ToMs, Section Section, IReadOnlyList<Stretch> WithoutValue);
