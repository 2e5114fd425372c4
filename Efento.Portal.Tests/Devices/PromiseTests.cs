using Efento.Portal.Devices;

namespace Efento.Portal.Tests.Devices;

public sealed class PromiseTests
{
    [Theory]
    [InlineData(180, 180, 180)]
    [InlineData(183, 180, 180)]
    [InlineData(95, 180, 180)]
    [InlineData(3_600, 180, 2_880)]
    [InlineData(60, 0, 60)]
    [InlineData(-10, 180, 0)]
    public void Of_TimePromised_IsTheIntervalWhereItIsKept(long dueSeconds, int intervalSeconds, long expectedSeconds) =>
        Assert.Equal(expectedSeconds * 1000, Promise.Of(dueSeconds * 1000, intervalSeconds));

    [Fact]
    public void Of_OneFixedTimeInManyRecords_ChangesSeldom()
    {
        var promises = Enumerable.Range(0, 60_000).Select(i => Promise.Of((60_000 - i) * 180_000L, 180)).Distinct();

        Assert.InRange(promises.Count(), 1, 20);
    }
}
