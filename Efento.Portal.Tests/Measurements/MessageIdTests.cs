using CsCheck;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Measurements;

public sealed class MessageIdTests
{
    private static readonly Gen<long> ReceivedMs =
        Gen.Long[DateTimeOffset.Parse("2026-01-01Z").ToUnixTimeMilliseconds(), DateTimeOffset.Parse("2088-12-31Z").ToUnixTimeMilliseconds()];

    [Fact]
    public void Next_AnyClock_Ascends() =>
        ReceivedMs.Array[1, 50].Sample(clock =>
        {
            long last = 0;
            foreach (var now in clock)
            {
                var id = MessageId.Next(now, last);
                Assert.True(id > last);
                last = id;
            }
        });

    [Fact]
    public void ReceivedMs_OfNext_IsTheTimeOfReceipt() =>
        ReceivedMs.Sample(now => Assert.Equal(now, MessageId.ReceivedMs(MessageId.Next(now, 0))));

    [Fact]
    public void Next_Until2089_IsExactInJson() =>
        ReceivedMs.Sample(now => Assert.True(MessageId.Next(now, 0) < 1L << 53));
}
