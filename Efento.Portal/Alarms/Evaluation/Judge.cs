using System.Runtime.InteropServices;

namespace Efento.Portal.Alarms.Evaluation;

/// <summary>
/// Judges a channel by one kind of rule as readings arrive, in whatever order. One that was measured after all others continues where the
/// last one left off; for any other one, the readings are judged again from the last calm one before it. Not thread-safe.
/// </summary>
internal sealed class Judge
{
    private const long HourMs = 3_600_000;
    private const long FirstBackMs = 2 * HourMs;
    private const long MostBackMs = 20L * 365 * 24 * HourMs;
    private const long PortionMs = 2 * 24 * HourMs;

    private EvaluationPass? _pass;

    /// <summary>
    /// Up to which message all readings were judged that were measured within a time (Unix ms), so that the alarms on record agree with
    /// them. What was only read on the way from the last calm reading before is not part of it.
    /// </summary>
    private (long Message, long FromMs, long ToMs) _complete;

    /// <summary>What occurs at its newest reading; null if nothing does.</summary>
    public Occurrence? Current => _pass?.Current;

    /// <summary>The newest reading that was judged, Unix ms; null if none is in memory.</summary>
    public long? MarkMs => _pass?.MarkMs;

    /// <summary>Takes readings that arrived.</summary>
    /// <param name="samples">The readings, in measured order; at least one.</param>
    /// <param name="course">What they are judged by.</param>
    /// <param name="source">All readings in the store, these included.</param>
    /// <param name="mayOccur">Whether there may be an alarm on record that reaches beyond a time (Unix ms).</param>
    /// <returns>What occurred in the part of the past that they concern; null if they change nothing.</returns>
    public Region? Take(List<Sample> samples, Course course, ISampleSource source, Func<long, bool> mayOccur)
    {
        if (IsGoingOn(samples[0].Ms))
        {
            return GoOn(CollectionsMarshal.AsSpan(samples), course);
        }

        List<Sample> unknown = [.. samples.Where(s => !Knows(s.MessageId, s.Ms, s.Ms))];
        return unknown.Count == 0 ? null : TakeAgain(unknown[0].Ms, unknown[^1].Ms, course, source, mayOccur);
    }

    /// <summary>Whether readings from a time on (Unix ms) follow what was judged, so that no others are needed to judge them.</summary>
    public bool IsGoingOn(long fromMs) => fromMs > _pass?.MarkMs;

    /// <summary>Takes readings that follow what was judged, or the first ones that the channel ever had.</summary>
    /// <param name="samples">The readings, in measured order.</param>
    /// <param name="course">What they are judged by.</param>
    /// <returns>What occurred in the part of the past that they concern; null if they change nothing.</returns>
    public Region? GoOn(ReadOnlySpan<Sample> samples, Course course)
    {
        var pass = _pass ??= new EvaluationPass();
        var before = pass.Current;
        List<Occurrence>? all = null;
        foreach (ref readonly var sample in samples)
        {
            pass.Take(sample, course);
            if (pass.TakeFinished() is { Count: > 0 } finished)
            {
                (all ??= []).AddRange(finished);
            }
        }

        if (pass.Current is { } now)
        {
            (all ??= []).Add(now);
        }

        return all is null || (all.Count == 1 && all[0] == before)
            ? null
            : new Region(all.Min(o => o.BeganMs) - 1, long.MaxValue, all, IsLate: false)
            {
                MerelyGoesOn = all is [var only] && GoesOn(before, only),
            };
    }

    /// <summary>
    /// Whether the readings of a message were judged already. A judge that reads the store reads it up to the newest reading, so that one
    /// that is behind has often judged what the ledger tells next: messages are committed in the order of their ids.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="fromMs">When its first reading was measured, Unix ms.</param>
    /// <param name="toMs">When its last reading was measured, Unix ms.</param>
    public bool Knows(long message, long fromMs, long toMs) =>
        _pass is not null && message <= _complete.Message && fromMs >= _complete.FromMs && toMs <= _complete.ToMs;

    /// <summary>Judges everything again that was measured in a part of the past (Unix ms).</summary>
    /// <returns>What occurred in the part of the past that it concerns; null if it changes nothing.</returns>
    public Region? TakeAgain(long fromMs, long toMs, Course course, ISampleSource source, Func<long, bool> mayOccur)
    {
        if (IsGoingOn(fromMs))
        {
            return GoOn([.. Between(source, _pass!.MarkMs + 1, toMs)], course);
        }

        var newestMs = Math.Max(Math.Max(source.NewestMs ?? toMs, toMs), _pass?.MarkMs ?? long.MinValue);
        var (pass, calmMs, all) = Approach(fromMs, course, source);
        var judged = 0L;
        foreach (var sample in Between(source, fromMs, newestMs))
        {
            pass.Take(sample, course);
            all.AddRange(pass.TakeFinished());
            judged = sample.Ms > toMs ? judged : pass.Judged;

            // What follows is as it was judged before once no reading that came can count for it any more.
            if (pass.IsCalm && pass.Judged - judged >= Spacing.Readings && sample.Ms >= toMs + course.MemoryMs
                && sample.Ms < _pass?.MarkMs && !mayOccur(sample.Ms))
            {
                return RegionOf(pass, calmMs, sample.Ms, all, isLate: true);
            }
        }

        var isLate = _pass is not null;
        (_pass, _complete) = (pass, (source.CommittedMessage, calmMs + 1 ?? pass.FirstMs ?? long.MaxValue, pass.MarkMs));
        return RegionOf(pass, calmMs, long.MaxValue, [.. all, .. Present(pass)], isLate);
    }

    /// <summary>Ends what occurs if nothing is judged any more at a time (Unix ms); null if nothing ended.</summary>
    public Region? StopUntil(long ms, Course course)
    {
        var began = _pass?.Current?.BeganMs;
        _pass?.StopUntil(ms, course);
        return _pass?.TakeFinished() is { Count: > 0 } ended ? new Region(began!.Value - 1, long.MaxValue, ended, IsLate: false) : null;
    }

    /// <summary>What was judged before has to be read again.</summary>
    public void Forget() => (_pass, _complete) = (null, default);

    private static bool GoesOn(Occurrence? before, Occurrence now) =>
        before is not null && now == before with { LastOutsideMs = now.LastOutsideMs };

    /// <summary>The readings from one time to another, both included (Unix ms), some days at a time.</summary>
    private static IEnumerable<Sample> Between(ISampleSource source, long fromMs, long toMs)
    {
        for (var at = fromMs; at <= toMs; at += PortionMs)
        {
            foreach (var sample in source.Read(at, Math.Min(at + PortionMs, toMs + 1)))
            {
                yield return sample;
            }
        }
    }

    /// <summary>Goes back until a reading is calm, and from there up to a time (Unix ms).</summary>
    private static (EvaluationPass Pass, long? CalmMs, List<Occurrence> After) Approach(long ms, Course course, ISampleSource source)
    {
        for (var backMs = FirstBackMs + (2 * course.MemoryMs); ; backMs *= 4)
        {
            var (pass, calmMs, all) = (new EvaluationPass(), (long?)null, new List<Occurrence>());
            foreach (var sample in source.Read(ms - backMs, ms))
            {
                pass.Take(sample, course);
                all.AddRange(pass.TakeFinished());
                calmMs = pass.IsCalm ? sample.Ms : calmMs;
            }

            if (calmMs is not null || backMs >= MostBackMs || ms - backMs <= source.OldestMs)
            {
                all.RemoveAll(o => o.BeganMs <= calmMs);
                return (pass, calmMs, all);
            }
        }
    }

    private static Region RegionOf(EvaluationPass pass, long? calmMs, long untilMs, IReadOnlyList<Occurrence> all, bool isLate) =>
        new(calmMs ?? long.MinValue, untilMs, all, isLate, calmMs is null ? pass.FirstMs : null);

    private static IEnumerable<Occurrence> Present(EvaluationPass pass) => pass.Current is { } current ? [current] : [];
}
