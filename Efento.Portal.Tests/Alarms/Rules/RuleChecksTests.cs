using System.Globalization;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Alarms.Rules;

public sealed class RuleChecksTests
{
    private const long Minute = 60_000;

    private static readonly RulePlace Point = new() { PointId = 1 };

    [Fact]
    public void FaultsOf_Usual_AreNone()
    {
        Assert.Empty(Faults(Limits(new() { Low = 2, High = 8 })));
        Assert.Empty(Faults(Limits(new() { High = 8, DelayMs = 60 * Minute }, new() { High = 8 })));
        Assert.Empty(Faults(Limits(new() { High = 8, DelayMs = 60 * Minute, CumulativeInMs = 1440 * Minute })));
        Assert.Empty(Faults(Limits(new() { Low = 2, High = 8 }) with { Conditions = new(null, new() { Low = 2, High = 8 }, 3) }));
        Assert.Empty(Faults(Limits(new() { High = 100 }) with { Type = "pulse_cnt" }));
        Assert.Empty(Faults(Limits(new() { High = 100 }) with { Type = "vendor_special" }));
        Assert.Empty(Faults(Of(RuleKind.Rate, "humidity", new() { Change = 10, WithinMs = 60 * Minute })));
        Assert.Empty(Faults(Of(RuleKind.State, "open-close", new() { Is = 1, DelayMs = Minute })));
        Assert.Empty(Faults(Of(RuleKind.Signal, null, new() { Below = -100, DelayMs = Minute })));
        Assert.Empty(Faults(new() { Kind = RuleKind.Limits, Place = Point, IsEnabled = false, Reason = "empty" }));
    }

    [Theory]
    [InlineData(8.0, 2.0, "critical.low LowAboveHigh")]
    [InlineData(8.0, 8.0, "critical.low LowAboveHigh")]
    [InlineData(null, null, "critical LimitMissing")]
    [InlineData(double.NaN, 8.0, "critical.low Number")]
    [InlineData(2.0, double.PositiveInfinity, "critical.high Number")]
    public void FaultsOf_Limits_AreTold(double? low, double? high, string expected) =>
        Assert.Equal([expected], Faults(Limits(new() { Low = low, High = high })));

    [Theory]
    [InlineData(3.1, "margin BandNarrow")]
    [InlineData(-1.0, "margin Margin")]
    [InlineData(double.NaN, "margin Margin")]
    public void FaultsOf_Margin_AreTold(double margin, string expected) =>
        Assert.Equal([expected], Faults(Limits(new()) with { Conditions = new(null, new() { Low = 2, High = 8 }, margin) }));

    [Theory]
    [InlineData(1.0, 7.0, "warning.low WarningBeyondCritical")]
    [InlineData(3.0, 9.0, "warning.high WarningBeyondCritical")]
    [InlineData(9.0, null, "warning.low LowAboveHigh")]
    public void FaultsOf_WarningOutsideCritical_AreTold(double? low, double? high, string expected) =>
        Assert.Equal([expected], Faults(Limits(new() { Low = 2, High = 8 }, new() { Low = low, High = high })));

    [Theory]
    [InlineData(-1, null, "critical.delay Delay")]
    [InlineData(1500, null, "critical.delay Delay")]
    [InlineData(8 * 1440 * Minute, null, "critical.delay Delay")]
    [InlineData(60 * Minute, 30 * Minute, "critical.delay DelayBeyondWindow")]
    [InlineData(0, 0L, "critical.cumulativeIn Window")]
    public void FaultsOf_Delay_AreTold(long delay, long? window, string expected) =>
        Assert.Equal([expected], Faults(Limits(new() { High = 8, DelayMs = delay, CumulativeInMs = window })));

    [Theory]
    [InlineData(RuleKind.Limits, "open-close", "type TypeForLimits")]
    [InlineData(RuleKind.Limits, null, "type TypeMissing")]
    [InlineData(RuleKind.State, "temperature", "type TypeForState")]
    [InlineData(RuleKind.State, "pulse_cnt", "type TypeForState")]
    [InlineData(RuleKind.Rate, "pulse_cnt", "type TypeForRate")]
    [InlineData(RuleKind.Rate, "water_cnt_acc", "type TypeForRate")]
    [InlineData(RuleKind.Rate, "leakage", "type TypeForRate")]
    [InlineData(RuleKind.Silence, "temperature", "type TypeOfLogger")]
    [InlineData(RuleKind.Gateway, "humidity", "event TypeUnknown")]
    [InlineData(RuleKind.Portal, null, "event TypeUnknown")]
    public void FaultsOf_TypeThatMakesNoSense_IsTold(RuleKind kind, string? type, string expected) =>
        Assert.Equal(expected, Faults(Of(kind, type, new() { Low = 1 })).First());

    [Theory]
    [InlineData(RuleKind.Signal, null, -200.0, "warning.weaker BelowRange")]
    [InlineData(RuleKind.Signal, null, null, "warning.weaker BelowMissing")]
    [InlineData(RuleKind.Portal, RuleSubjects.Disk, 101.0, "warning.below BelowRange")]
    [InlineData(RuleKind.Gateway, RuleSubjects.LowBattery, null, "warning.below BelowMissing")]
    [InlineData(RuleKind.Gateway, RuleSubjects.Offline, 20.0, "warning.below FieldUnknown")]
    [InlineData(RuleKind.Battery, null, 20.0, "warning.below FieldUnknown")]
    public void FaultsOf_Below_AreTold(RuleKind kind, string? type, double? below, string expected) =>
        Assert.Equal([expected], Faults(Of(kind, type, new() { Below = below })));

    [Fact]
    public void FaultsOf_OtherConditions_AreTold()
    {
        Assert.Equal(["critical.highDelay HighDelay"], Faults(Limits(new() { High = 8, HighDelayMs = Minute })));
        Assert.Equal(["critical.highDelay Delay"], Faults(Limits(new() { Low = 2, High = 8, HighDelayMs = -1 })));
        Assert.Equal(["warning.change ChangeMissing", "warning.in Window"], Faults(Of(RuleKind.Rate, "humidity", new() { Change = 0 })));
        Assert.Equal(["warning.is State"], Faults(Of(RuleKind.State, "leakage", new() { Is = 2 })));
        Assert.Equal(["warning.is StatesDiffer"], Faults(Of(RuleKind.State, "leakage", new() { Is = 0 }, new() { Is = 1 })));
        Assert.Equal(["warning.delay WarningLate"], Faults(Of(RuleKind.SensorError, null, new() { DelayMs = 2 * Minute }, new() { DelayMs = Minute })));
        Assert.Equal(["critical LevelMissing"], Faults(Of(RuleKind.Battery, null, null)));
        Assert.Equal(["margin FieldUnknown"], Faults(Of(RuleKind.Battery, null, null) with { Conditions = new(new(), null, 1) }));
        Assert.Equal(["reason ReasonMissing"], Faults(Limits(new() { High = 8 }) with { IsEnabled = false, Reason = " " }));
        Assert.Equal(["reason ReasonLong"], Faults(Limits(new() { High = 8 }) with { Reason = new string('x', 1001) }));
    }

    [Fact]
    public void FaultsOf_PlaceThatMakesNoSense_IsTold()
    {
        Assert.Equal(["place PlaceOfSite"], Faults(Of(RuleKind.Portal, RuleSubjects.Clock, new()) with { Place = Point }));
        Assert.Equal(["place ChannelWithoutPoint"], Faults(Limits(new() { High = 8 }) with { Place = new() { Channel = 1 } }));
        Assert.Equal(["place.channel ChannelOfLogger"], Faults(Of(RuleKind.Silence, null, new()) with { Place = Point with { Channel = 1 } }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ward 1")]
    [InlineData("łódź")]
    public void FaultsOf_Key_IsTold(string key) => Assert.Equal(["key Key"], Faults(Limits(new() { High = 8 }) with { Key = key }));

    /// <summary>Each fault has a sentence in each language, and it names what it is about.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("pl")]
    public void Of_EachFault_HasASentence(string language)
    {
        CultureInfo.CurrentUICulture = new CultureInfo(language);

        var sentences = Enum.GetValues<RuleFaultKind>().Select(kind => RuleWords.Of(new(kind, About: "x."))).ToList();

        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence));
        Assert.Equal(sentences.Count, sentences.Distinct().Count());
    }

    [Theory]
    [InlineData("0m", 0)]
    [InlineData("30s", 30_000)]
    [InlineData("90s", 90_000)]
    [InlineData("15m", 900_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("2d", 172_800_000)]
    public void Duration_WrittenAndRead_IsTheSame(string text, long ms)
    {
        Assert.Equal(ms, RuleDuration.Parse(text));
        Assert.Equal(text, RuleDuration.Text(ms));
    }

    [Theory]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    [InlineData("15 m")]
    [InlineData("")]
    public void Duration_NotATime_IsNone(string text) => Assert.Null(RuleDuration.Parse(text));

    private static IEnumerable<string> Faults(RuleDraft draft) =>
        RuleChecks.FaultsOf(RuleChecks.Normalised(draft)).Select(fault => $"{fault.Field} {fault.Kind}");

    private static RuleDraft Limits(LevelConditions critical, LevelConditions? warning = null) =>
        new() { Kind = RuleKind.Limits, Type = "temperature", Conditions = new(warning, critical) };

    private static RuleDraft Of(RuleKind kind, string? type, LevelConditions? warning, LevelConditions? critical = null) =>
        new() { Kind = kind, Type = type, Conditions = new(warning, critical) };
}
