using Efento.Portal.Arrivals;

namespace Efento.Portal.Tests.Arrivals;

public sealed class ArrivalSpansTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void Add_ReadingsOfALoggerCloseTogether_AreOneSpan() =>
        Assert.Equal([new ArrivalSpan(1, 0, 2 * HourMs)], Spans((1, HourMs), (1, 2 * HourMs), (1, 0)));

    [Fact]
    public void Add_OldReadingAmongNewOnes_StandsForItself() => Assert.Equal(
        [new ArrivalSpan(1, 90 * HourMs, 90 * HourMs), new ArrivalSpan(1, 0, 0), new ArrivalSpan(1, 91 * HourMs, 91 * HourMs)],
        Spans((1, 90 * HourMs), (1, 0), (1, 91 * HourMs)));

    [Fact]
    public void Add_OtherLogger_IsAnotherSpan() =>
        Assert.Equal([new ArrivalSpan(1, 5, 5), new ArrivalSpan(2, 5, 5)], Spans((1, 5), (2, 5)));

    [Fact]
    public void TakeAll_Taken_BeginsAnew()
    {
        var spans = new ArrivalSpans();
        spans.Add(1, 5);
        spans.TakeAll();

        Assert.Empty(spans.TakeAll());
    }

    private static ArrivalSpan[] Spans(params (int Logger, long Ms)[] readings)
    {
        var spans = new ArrivalSpans();
        foreach (var (logger, ms) in readings)
        {
            spans.Add(logger, ms);
        }

        return spans.TakeAll();
    }
}
