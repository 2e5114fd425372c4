using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Measurements;

public sealed class SeriesEntryTests
{
    private readonly SeriesEntry _series = new(1, 1, 1, MeasurementTypes.Get("temperature"));

    [Fact]
    public void Latest_OlderReadingArrivesLater_StaysTheNewest()
    {
        _series.Note(At(2000, 5));
        _series.Note(At(1000, 4));

        Assert.Equal(5, _series.Latest(3000)?.Value);
    }

    [Fact]
    public void Latest_ReadingAheadOfTheClock_CountsFromItsTimeOn()
    {
        _series.Note(At(1000, 4));
        _series.Note(At(9000, 9) with { Flags = ReadingFlags.ClockAhead });

        Assert.Equal(4, _series.Latest(8999)?.Value);
        Assert.Equal(9, _series.Latest(9000)?.Value);
    }

    [Fact]
    public void LastValue_SensorFailed_IsTheOneBefore()
    {
        _series.Note(At(1000, 4));
        _series.Note(At(2000, 0) with { Status = ReadingStatus.Error });
        _series.Note(At(3000, MeasurementType.FirstErrorCode) with { Flags = ReadingFlags.ErrorCode });

        Assert.Equal(4, _series.LastValue(9000)?.Measurement);
        Assert.Null(_series.Latest(9000)?.Measurement);
    }

    [Fact]
    public void LastValue_CameLater_IsTheNewestMeasured()
    {
        _series.Note(At(1000, 4));
        _series.Note(At(3000, 0) with { Status = ReadingStatus.NoValue });
        _series.Note(At(2000, 5));
        _series.Note(At(500, 3));

        Assert.Equal(5, _series.LastValue(9000)?.Measurement);
    }

    [Fact]
    public void Latest_NothingYet_IsNull() => Assert.Null(_series.Latest(1000));

    private static Reading At(long ms, double value) => new(ms, value, ReadingStatus.Valid, ReadingFlags.None, 1);
}
