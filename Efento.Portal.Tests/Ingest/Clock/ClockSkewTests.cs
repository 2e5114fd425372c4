using Efento.Portal.Configuration;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Clock;

public sealed class ClockSkewTests
{
    private const long Now = 1_760_000_000_000;
    private const long Day = 86_400_000;

    [Theory]
    [InlineData(Now, null)]
    [InlineData(Now + Day, null)]
    [InlineData(Now + Day + 1, RejectReason.TimeAhead)]
    [InlineData(1_420_070_400_000, null)]
    [InlineData(1_420_070_399_999, RejectReason.TimeTooOld)]
    [InlineData(-62_135_596_800_000, RejectReason.TimeTooOld)]
    [InlineData(253_402_300_799_999, RejectReason.TimeAhead)]
    public void Judge_ByTheDefaults(long measuredAtMs, RejectReason? expected) =>
        Assert.Equal(expected, ClockSkew.Judge(measuredAtMs, Now, new IngestOptions()));

    [Theory]
    [InlineData(300_000, false)]
    [InlineData(300_001, true)]
    [InlineData(-1, false)]
    public void IsAhead_ByMoreThanFiveMinutes(long ms, bool expected) => Assert.Equal(expected, ClockSkew.IsAhead(Now + ms, Now));
}
