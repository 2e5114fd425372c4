using System.Globalization;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class PointWordsTests
{
    private static readonly MeasurementType Temperature = MeasurementTypes.Get("temperature");

    private readonly ChannelSummary _fridge = new(
        "Temperature", Temperature, Statistics(440, 0.91) with { Min = 2.1, Max = 7.8, Mean = 4.937 },
        [new(0, 7_200_000, GapCause.GatewayOffline)], null, null);

    [Proves(ScreenRule.StatisticsCarryTheirCoverage)]
    [Fact]
    public void Sentence_OfValues_SaysWhatTheyCover() => Assert.Equal(
        "Temperature was between 2.1 and 7.8 °C, mean 4.9 °C over 91 % of the last 24 hours; one gap of 2 h (gateway offline).",
        PointWords.Sentence(_fridge, HistoryRange.Usual, default));

    [Fact]
    public void Sentence_InPolish_IsSaidInItsOwnWay()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (
            CultureInfo.GetCultureInfo("pl-PL"), CultureInfo.GetCultureInfo("pl-PL"));

        Assert.Equal(
            "Temperature: od 2,1 do 7,8 °C, średnio 4,9 °C, pokrycie 91% ostatnich 24 godzin; jedna przerwa, 2 godz. (bramka offline).",
            PointWords.Sentence(_fridge, HistoryRange.Usual, default));
    }

    [Fact]
    public void Sentence_OfAFixedTime_NamesItSo() =>
        Assert.Contains("of the period shown", PointWords.Sentence(_fridge, null, default), StringComparison.Ordinal);

    [Fact]
    public void Sentence_WithoutValues_SaysSo() => Assert.Equal(
        "Temperature: no value over the last 24 hours; no gap.",
        PointWords.Sentence(_fridge with { Statistics = Statistics(0, 0), Gaps = [] }, HistoryRange.Usual, default));

    [Fact]
    public void Sentence_OfStates_SaysTheShareAndTheChanges() => Assert.Equal(
        "Door was “Open” in 25 % of the readings, over 100 % of the last 24 hours; 2 changes; no gap.",
        PointWords.Sentence(
            new(
                "Door", MeasurementTypes.Get("open-close"), Statistics(480, 1) with { Min = 0, Max = 1, Mean = 0.25, Changes = 2 }, [],
                null, null), HistoryRange.Usual, default));

    [Fact]
    public void Gaps_Several_AreCountedWithEachCauseOnce() => Assert.Equal(
        "3 gaps of 4 h in all (gateway offline, maintenance)",
        PointWords.Gaps(
            _fridge with
            {
                Gaps =
                [
                    new(0, 7_200_000, GapCause.GatewayOffline), new(8_000_000, 11_600_000, GapCause.Maintenance),
                    new(12_000_000, 15_600_000, GapCause.GatewayOffline)
                ]
            }));

    [Theory]
    [InlineData(1, "100 %")]
    [InlineData(0.998, ">99 %")]
    [InlineData(0.9999, ">99 %")]
    [InlineData(0.5, "50 %")]
    [InlineData(0.002, "<1 %")]
    [InlineData(0, "0 %")]
    public void Percent_NearlyAll_IsNotAll(double share, string expected) => Assert.Equal(expected, PointWords.Percent(share));

    private static RangeStatistics Statistics(long count, double coverage) =>
        new() { Range = new(0, 86_400_000), Count = count, WithoutValue = 0, Covered = TimeSpan.FromDays(coverage) };
}
