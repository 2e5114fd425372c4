using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Judging;

/// <summary>
/// What alarms a draft would have raised in the last 30 days, had it been in force. Stored readings are judged as those that arrive are;
/// nothing is written. Where another rule is nearer, the draft raises nothing.
/// </summary>
internal sealed class RulePreview(
    IDbContextFactory<PortalDbContext> database, SeriesDirectory series, IReadingStore readings, TimeProvider time)
{
    /// <summary>How many days are judged.</summary>
    public const int Days = 30;

    private const long DayMs = 86_400_000;
    private const long PortionMs = 5 * DayMs;

    /// <summary>Whether rules of a kind are judged reading by reading, so that the past can tell.</summary>
    public static bool IsFor(RuleKind kind) =>
        kind is RuleKind.Limits or RuleKind.Rate or RuleKind.State or RuleKind.SensorError or RuleKind.Signal;

    /// <summary>Judges channels one after the other, off the caller's thread.</summary>
    /// <param name="draft">The draft; it must have no fault.</param>
    /// <param name="book">The rules as they are.</param>
    /// <param name="channels">The channels of the draft's type at its place.</param>
    /// <param name="progress">Told how many channels are judged.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The alarms, newest first.</returns>
    public async Task<IReadOnlyList<PreviewedAlarm>> JudgeAsync(
        RuleDraft draft, RuleBook book, IReadOnlyList<(int PointId, byte Channel, MeasurementType Type)> channels, IProgress<int> progress,
        CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var assignments = await Assignments.ReadAsync(db, cancellationToken);
        var rule = RuleOf(RuleChecks.Normalised(draft));
        var with = new RuleBook(book.Number, [.. book.All.Where(r => r.Key != draft.Key), rule], book.Places);
        return await Task.Run(JudgeAll, cancellationToken);

        IReadOnlyList<PreviewedAlarm> JudgeAll()
        {
            List<PreviewedAlarm> alarms = [];
            for (var i = 0; i < channels.Count; i++)
            {
                var (point, channel, type) = channels[i];
                alarms.AddRange(Judge(new(point, channel, type.Key), rule, with, assignments, cancellationToken));
                progress.Report(i + 1);
            }

            return [.. alarms.OrderByDescending(a => a.BeganMs)];
        }
    }

    private IEnumerable<PreviewedAlarm> Judge(
        ChannelKey key, AlarmRule rule, RuleBook book, Assignments assignments, CancellationToken cancellationToken)
    {
        var isSignal = rule.Kind is RuleKind.Signal;
        var timeline = book.TimelineOf(key.PointId, isSignal ? (byte)0 : key.Channel, isSignal ? "" : key.TypeKey, rule.Kind);
        var condition = ConditionMaker.Of(rule);
        var course = new Course([.. timeline.Select(p => (p.FromMs, p.Rule == rule ? condition : null))], []);
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var fromMs = nowMs - (Days * DayMs);
        var samples = new StoredSamples(readings, series, assignments, key, isSignal, afterMessage: long.MinValue);
        return course.IsEmpty
            ? []
            : Walked(samples, course, fromMs - course.MemoryMs, nowMs + 1, cancellationToken).Where(o => o.UntilMs > fromMs)
                .Select(o => new PreviewedAlarm(key.PointId, key.Channel, o.Level, o.BeganMs, o.EndedMs, o.Peak));
    }

    private static List<Occurrence> Walked(
        StoredSamples samples, Course course, long fromMs, long untilMs, CancellationToken cancellationToken)
    {
        var pass = new EvaluationPass();
        List<Occurrence> found = [];
        for (var at = fromMs; at < untilMs; at += PortionMs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var sample in samples.Read(at, Math.Min(at + PortionMs, untilMs)))
            {
                pass.Take(sample, course);
            }

            found.AddRange(pass.TakeFinished());
        }

        return pass.Current is { } current ? [.. found, current] : found;
    }

    private static AlarmRule RuleOf(RuleDraft draft) => new()
    {
        Id = int.MaxValue,
        Key = draft.Key ?? "",
        Version = 0,
        Kind = draft.Kind,
        Type = draft.Type,
        LocationId = draft.Place.LocationId,
        PointId = draft.Place.PointId,
        Channel = draft.Place.Channel,
        Conditions = draft.Conditions,
        IsEnabled = draft.IsEnabled,
        FromMs = long.MinValue,
        MadeUtc = DateTimeOffset.MinValue,
        MadeBy = "",
    };
}

/// <summary>An alarm that a rule would have raised.</summary>
/// <param name="PointId">The measuring point.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Level">The highest level it would have reached.</param>
/// <param name="BeganMs">The first reading outside, Unix ms.</param>
/// <param name="EndedMs">The first reading inside again, Unix ms; null if it would be active.</param>
/// <param name="Peak">The worst value, in the vendor's unit; null if there is none.</param>
public sealed record PreviewedAlarm(int PointId, byte Channel, AlarmLevel Level, long BeganMs, long? EndedMs, double? Peak);
