using Efento.Portal.Measurements;
using Efento.Portal.Streaming;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Streaming;

public sealed class LivePictureTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Since_NothingDiffers_IsNothing()
    {
        var before = LivePicture.Empty.Next([Point("A", 4.1), Point("B", 5.1)]);

        Assert.Null(before.Next([Point("A", 4.1), Point("B", 5.1)]).Since(before, At));
    }

    [Fact]
    public void Since_AnotherValue_IsThatPointAlone()
    {
        var before = LivePicture.Empty.Next([Point("A", 4.1), Point("B", 5.1)]);

        var change = before.Next([Point("A", 4.1), Point("B", 5.2)]).Since(before, At)!;

        Assert.Equal(("B", 5.2), (change.Points.Single().Serial, change.Points.Single().Values[0].Value));
        Assert.Empty(change.Removed);
    }

    [Fact]
    public void Since_SeveralPicturesLater_IsAllThatDiffers()
    {
        var before = LivePicture.Empty.Next([Point("A", 4.1), Point("B", 5.1)]);

        var change = before.Next([Point("A", 4.2), Point("B", 5.1)]).Next([Point("A", 4.2), Point("C", 6.1)]).Since(before, At)!;

        Assert.Equal(["A", "C"], change.Points.Select(p => p.Serial));
        Assert.Equal(["B"], change.Removed);
    }

    [Fact]
    public void Since_AnyFactOfAPointDiffers_IsThatPoint()
    {
        LiveTileValue value = new("Temperature", 2, "4.1", "°C", null, false, null, 3);
        var point = Point("A", 4.1) with { Tile = new LiveTile("Ward 1", null, false, null, false, At, [], [value]) };
        var before = LivePicture.Empty.Next([point]);

        Assert.All(
            OneFact.Variants(point).Where(other => other.Copy.Serial == "A"),
            other => Assert.True(before.Next([other.Copy]).Since(before, At) is not null, other.Path));
    }

    private static LivePoint Point(string serial, double value) => new()
    {
        Serial = serial,
        PointId = 1,
        Name = serial,
        Location = null,
        Place = null,
        Lasting = null,
        InMaintenance = false,
        ClockAhead = false,
        BatteryLow = null,
        MeasuredAt = At,
        DueAt = At.AddMinutes(3),
        LateAt = At.AddMinutes(5),
        SilentAt = At.AddMinutes(9),
        Values =
        [
            new ReadingItem
            {
                MeasuredAt = At, ReceivedAt = At, Channel = 1, Type = "temperature", Unit = "°C", Value = value, Status = "VALID",
                Flags = [], MessageId = 1
            },
        ],
        LastValues = [],
    };
}
