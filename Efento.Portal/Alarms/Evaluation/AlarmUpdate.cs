namespace Efento.Portal.Alarms.Evaluation;

/// <summary>Changes an alarm on record so that it agrees with the occurrence it stands for, and tells what happened to it.</summary>
internal sealed class AlarmUpdate(Alarm alarm, Region region, Action<Alarm, AlarmEventKind, AlarmLevel?, long?> tell)
{
    /// <summary>Makes the change.</summary>
    public void Apply(Occurrence occurrence)
    {
        occurrence = Whole(occurrence);
        if (alarm.BeganMs != occurrence.BeganMs)
        {
            tell(alarm, AlarmEventKind.BeginMoved, null, occurrence.BeganMs);
        }

        TellLevel(occurrence);
        TellEnd(occurrence);
        if (region.IsLate && alarm.Peak != occurrence.Peak)
        {
            tell(alarm, AlarmEventKind.PeakMoved, null, occurrence.PeakMs);
        }

        Take(occurrence);
    }

    private void TellLevel(Occurrence occurrence)
    {
        if (occurrence.Level > alarm.Level || occurrence.LevelNow > alarm.LevelNow)
        {
            tell(alarm, AlarmEventKind.Rose, occurrence.LevelNow, null);
            if (alarm.GetsWorse())
            {
                tell(alarm, AlarmEventKind.Reopened, null, null);
            }
        }
        else if (occurrence.LevelNow < alarm.LevelNow)
        {
            tell(alarm, AlarmEventKind.Fell, occurrence.LevelNow, null);
        }
    }

    private void TellEnd(Occurrence occurrence)
    {
        if (alarm.EndedMs == occurrence.EndedMs)
        {
            return;
        }

        tell(alarm, alarm.EndedMs is null ? AlarmEventKind.Ended : AlarmEventKind.EndMoved, null, occurrence.EndedMs);
    }

    /// <summary>If the readings from its beginning are not there any more, it keeps what is known of them.</summary>
    private Occurrence Whole(Occurrence occurrence)
    {
        if (region.FirstMs is not { } firstMs || alarm.BeganMs >= firstMs || occurrence.BeganMs > region.Occurrences[0].BeganMs)
        {
            return occurrence;
        }

        var whole = occurrence with
        {
            BeganMs = alarm.BeganMs,
            BeganAfterMs = alarm.BeganAfterMs,
            RaisedMs = alarm.CompletedMs,
            Level = alarm.Level > occurrence.Level ? alarm.Level : occurrence.Level,
        };
        return alarm.Extent <= occurrence.Extent
            ? whole
            : whole with { Peak = alarm.Peak, PeakMs = alarm.PeakMs, Extent = alarm.Extent, Limit = alarm.Limit };
    }

    private void Take(Occurrence occurrence)
    {
        (alarm.BeganMs, alarm.BeganAfterMs, alarm.CompletedMs) = (occurrence.BeganMs, occurrence.BeganAfterMs, occurrence.RaisedMs);
        (alarm.LastOutsideMs, alarm.EndedMs) = (occurrence.LastOutsideMs, occurrence.EndedMs);
        (alarm.Level, alarm.LevelNow, alarm.RuleId) = (occurrence.Level, occurrence.LevelNow, occurrence.RuleId);
        (alarm.Peak, alarm.PeakMs) = (occurrence.Peak, occurrence.PeakMs);
        (alarm.Extent, alarm.Limit) = (occurrence.Extent, occurrence.Limit);
        alarm.End = occurrence.EndedMs is null ? null
            : alarm.End is AlarmEnd.Closed ? AlarmEnd.Closed
            : occurrence.IsUnjudged ? AlarmEnd.Unjudged
            : AlarmEnd.Inside;
    }
}
