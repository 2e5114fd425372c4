namespace Efento.Portal.Tests.Alarms.Evaluation;

public sealed class LateRateTests
{
    /// <summary>
    /// 0.19 a minute is 1.9 within ten minutes, and 2 are allowed. With a reading that comes late and is a little lower, it is more nine
    /// minutes after that reading, when others have long been inside again.
    /// </summary>
    [Fact]
    public void LateReading_CountsAsFarAsTheRuleLooksBack()
    {
        var bench = Bench.Of(Conditions.Rate(change: 2, within: 10));
        bench.DeliverEach(Enumerable.Range(0, 60).Select(minute => Bench.At(minute, ValueAt(minute))));
        Assert.Empty(bench.Alarms);

        bench.Deliver(Bench.At(25.5, ValueAt(25) - 0.4));

        Assert.Equal(Bench.At(34, null).Ms, Assert.Single(bench.Alarms).BeganMs);
    }

    private static double ValueAt(int minute) => 5 + (0.19 * Math.Clamp(minute - 20, 0, 25));
}
