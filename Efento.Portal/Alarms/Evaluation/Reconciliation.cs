namespace Efento.Portal.Alarms.Evaluation;

/// <summary>
/// Makes the alarms on record of a channel agree with what occurred. An occurrence goes on under the alarm that overlaps it: of two alarms
/// that turn out to be one, the older stays; of one that turns out to be two, the part with the peak keeps it. An alarm that the readings
/// do not justify any more is withdrawn.
/// </summary>
internal sealed class Reconciliation(Region region, DateTimeOffset now, Func<Occurrence, Alarm> make)
{
    private readonly List<Alarm> _made = [];
    private readonly List<(Alarm Alarm, AlarmEvent Event)> _events = [];

    /// <summary>The alarms that were not on record.</summary>
    public IReadOnlyList<Alarm> Made => _made;

    /// <summary>What happened to the alarms.</summary>
    public IReadOnlyList<(Alarm Alarm, AlarmEvent Event)> Events => _events;

    /// <summary>Changes the alarms on record that reach into the region. Withdrawn ones must not be among them.</summary>
    public void Apply(IReadOnlyList<Alarm> records)
    {
        var its = records.Where(r => (r.EndedMs ?? long.MaxValue) > region.AfterMs && r.BeganMs <= region.UntilMs)
            .OrderBy(r => r.RaisedMs).ThenBy(r => r.Id)
            .Select(record => (Record: record, Occurrence: OccurrenceOf(record)))
            .ToList();
        foreach (var occurrence in region.Occurrences)
        {
            var matching = its.Where(i => ReferenceEquals(i.Occurrence, occurrence)).Select(i => i.Record).ToList();
            if (matching.Count == 0)
            {
                Make(occurrence);
                continue;
            }

            new AlarmUpdate(matching[0], region, Tell).Apply(occurrence);
            matching.Skip(1).ToList().ForEach(other => Withdraw(other, matching[0]));
        }

        its.Where(i => i.Occurrence is null).ToList().ForEach(i => Withdraw(i.Record, null));
    }

    /// <summary>The occurrence that an alarm stands for: the one with its peak, otherwise the one it overlaps most.</summary>
    private Occurrence? OccurrenceOf(Alarm record)
    {
        var overlapping = region.Occurrences.Where(o => o.BeganMs <= UntilMs(record) && o.UntilMs >= record.BeganMs).ToList();
        return overlapping.Find(o => o.BeganMs <= record.PeakMs && record.PeakMs <= o.UntilMs)
            ?? overlapping.MaxBy(o => Math.Min(o.UntilMs, UntilMs(record)) - Math.Max(o.BeganMs, record.BeganMs));
    }

    private void Make(Occurrence occurrence)
    {
        var alarm = make(occurrence);
        _made.Add(alarm);
        Tell(alarm, AlarmEventKind.Raised, alarm.Level);
        if (alarm.EndedMs is { } endedMs)
        {
            Tell(alarm, AlarmEventKind.Ended, aboutMs: endedMs);
        }
    }

    private void Withdraw(Alarm alarm, Alarm? into)
    {
        (alarm.WithdrawnUtc, alarm.WithdrawnIntoId) = (now, into?.Id);
        Tell(alarm, AlarmEventKind.Withdrawn, other: into);
        if (into is { IsOpen: true } && alarm.AcknowledgedUtc is not null && alarm.Level >= into.Level)
        {
            (into.AcknowledgedUtc, into.AcknowledgedBy, into.Comment) = (alarm.AcknowledgedUtc, alarm.AcknowledgedBy, alarm.Comment);
            (into.CauseWord, into.ActionWord) = (alarm.CauseWord, alarm.ActionWord);
            Tell(into, AlarmEventKind.Acknowledged, text: alarm.Comment, other: alarm);
        }
    }

    private void Tell(
        Alarm alarm, AlarmEventKind kind, AlarmLevel? level = null, long? aboutMs = null, string? text = null, Alarm? other = null) =>
        _events.Add((
            alarm,
            new AlarmEvent
            {
                AlarmId = alarm.Id,
                AtUtc = now,
                Kind = kind,
                Level = level,
                AboutMs = aboutMs,
                Text = text,
                OtherId = other?.Id
            }));

    private void Tell(Alarm alarm, AlarmEventKind kind, AlarmLevel? level, long? aboutMs) => Tell(alarm, kind, level, aboutMs, null);

    private static long UntilMs(Alarm alarm) => alarm.EndedMs ?? long.MaxValue;
}
