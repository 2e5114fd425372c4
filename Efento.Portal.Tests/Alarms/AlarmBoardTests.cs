using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Tests.Alarms;

/// <summary>What memory knows of alarms.</summary>
public sealed class AlarmBoardTests
{
    private static readonly AlarmSubject Subject = new(RuleKind.Limits, "temperature", PointId: 1, Channel: 1);

    [Fact]
    public void MayOccur_AlarmIsOver_NotAfterItsEnd()
    {
        var board = new AlarmBoard();
        board.Put(Alarm(endedMs: null));
        Assert.True(board.MayOccur(Subject, 1_000));

        board.Put(Alarm(endedMs: 500));

        Assert.True(board.MayOccur(Subject, 499));
        Assert.False(board.MayOccur(Subject, 500));
    }

    private static Alarm Alarm(long? endedMs) => Subject.Raise(
        new Occurrence
        {
            BeganMs = 100,
            BeganAfterMs = null,
            RaisedMs = 100,
            RaisedBy = 1,
            LastOutsideMs = 100,
            EndedMs = endedMs,
            Level = AlarmLevel.Critical,
            LevelNow = AlarmLevel.Critical,
            PeakMs = 100,
            Peak = 9,
            Limit = 8,
            Extent = 1,
            RuleId = 1,
        },
        raisedMs: 100, loggerId: 1);
}
