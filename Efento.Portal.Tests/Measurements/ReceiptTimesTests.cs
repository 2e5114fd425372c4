using CsCheck;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Measurements;

public sealed class ReceiptTimesTests
{
    private const long DayMs = 86_400_000;
    private static readonly long BeginMs = DateTimeOffset.Parse("2026-01-01Z").ToUnixTimeMilliseconds();

    private static readonly Gen<long> ReceivedMs = Gen.Long[BeginMs, DateTimeOffset.Parse("2088-12-31Z").ToUnixTimeMilliseconds()];

    /// <summary>
    /// A clock: how much true time passes between two messages, and how far the clock is ahead meanwhile, some steps long.
    /// </summary>
    private static readonly Gen<(long PassesMs, long AheadMs)[]> Clocks =
        Gen.Select(Gen.Long[1, 2 * DayMs], Gen.OneOf(Gen.Const(0L), Gen.Const(0L), Gen.Long[1, 400 * DayMs])).Array[1, 30];

    private readonly ReceiptTimes _times = new();

    [Fact]
    public void Next_AnyClock_Ascends() =>
        ReceivedMs.Array[1, 50].Sample(clock =>
        {
            long last = 0;
            foreach (var now in clock)
            {
                var id = _times.Next(now, last);
                Assert.True(id > last);
                last = id;
            }
        });

    [Fact]
    public void ReceivedMs_OfNext_IsTheTimeOfReceipt() =>
        ReceivedMs.Sample(now => Assert.Equal(now, _times.ReceivedMs(_times.Next(now, 0))));

    [Fact]
    public void Next_Until2089_IsExactInJson() =>
        ReceivedMs.Sample(now => Assert.True(_times.Next(now, 0) < 1L << 53));

    [Fact]
    public void ReceivedMs_ClockCorrectedAgainAndAgain_IsTrueForWhatCameWhileItWasRight() =>
        Clocks.Sample(clock => Assert.All(Run(clock).Where(m => m.WasRight), m => Assert.Equal(m.TrueMs, m.Times.ReceivedMs(m.Id))));

    [Fact]
    public void ReceivedMs_ClockCorrectedAgainAndAgain_AscendsAndIsNeverAhead() =>
        Clocks.Sample(clock =>
        {
            var messages = Run(clock);
            long[] received = [.. messages.Select(m => m.Times.ReceivedMs(m.Id))];
            Assert.Equal(received.Order(), received);
            Assert.Equal(messages.Select(m => m.Id).Order().Distinct(), messages.Select(m => m.Id));
            Assert.All(received, ms => Assert.True(ms <= messages[^1].TrueMs + 1));
        });

    [Fact]
    public void First_ClockCorrectedAgainAndAgain_PartsMessagesByTheirTimes() =>
        Gen.Select(Clocks, Gen.Long[BeginMs - DayMs, BeginMs + (60 * DayMs)]).Sample((clock, atMs) =>
            Assert.All(Run(clock), m => Assert.Equal(m.Times.ReceivedMs(m.Id) >= atMs, m.Id >= m.Times.First(atMs))));

    [Fact]
    public void First_ClockIsBehindNow_NothingCameSince()
    {
        var id = _times.Next(BeginMs + DayMs, 0);
        _times.Suspect(BeginMs);

        Assert.Equal(BeginMs, _times.ReceivedMs(id));
        Assert.True(_times.First(BeginMs + 1) > id);
        Assert.True(_times.First(BeginMs) <= id);
    }

    [Fact]
    public void Suspect_ClockRightAgain_TimesAreAsBefore()
    {
        var id = _times.Next(BeginMs + DayMs, 0);
        _times.Suspect(BeginMs);
        _times.Suspect(null);

        Assert.Equal(BeginMs + DayMs, _times.ReceivedMs(id));
    }

    /// <summary>
    /// Messages by a clock that is ahead for some of them; as soon as it is right again it is accepted, as the portal does.
    /// </summary>
    private static List<(long Id, long TrueMs, bool WasRight, ReceiptTimes Times)> Run((long PassesMs, long AheadMs)[] clock)
    {
        var times = new ReceiptTimes();
        List<ClockCorrection> corrections = [];
        List<(long, long, bool, ReceiptTimes)> messages = [];
        var (trueMs, last) = (BeginMs, 0L);
        foreach (var (passes, ahead) in clock)
        {
            trueMs += passes;
            if (last > 0 && times.CorrectedMs(last) > trueMs + ahead)
            {
                var fromMs = MessageId.Milliseconds(Math.Max(last, corrections.LastOrDefault()?.FromId ?? 0)) + 1;
                corrections.Add(new ClockCorrection
                {
                    FromId = MessageId.First(fromMs),
                    AheadMs = fromMs - (trueMs + ahead),
                    ByMs = trueMs + ahead,
                    AcceptedUtc = DateTimeOffset.FromUnixTimeMilliseconds(trueMs),
                });
                times.Correct(corrections);
            }

            last = times.Next(trueMs + ahead, last);
            messages.Add((last, trueMs, ahead == 0, times));
        }

        // A clock that is right at the end, and known to be.
        times.Suspect(times.CorrectedMs(last) > trueMs ? trueMs : null);
        return messages;
    }
}
