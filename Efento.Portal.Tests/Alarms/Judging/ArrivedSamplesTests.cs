using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Arrivals;

namespace Efento.Portal.Tests.Alarms.Judging;

public sealed class ArrivedSamplesTests
{
    private static readonly ChannelKey Key = new(1, 1, "temperature");
    private static readonly AlarmSubject Limits = new(RuleKind.Limits, "temperature", 1, 1);
    private static readonly AlarmSubject Signal = new(RuleKind.Signal, "", 1);

    private readonly ArrivedSamples _arrived = new();

    [Fact]
    public void Add_OutOfOrder_IsSortedByTheTimeMeasured()
    {
        var channel = Judged(Limits);
        _arrived.Add(channel, Reading(ms: 20, value: 2, message: 1));
        _arrived.Add(channel, Reading(ms: 10, value: 1, message: 2));

        var samples = Assert.Single(_arrived.Channels);
        Assert.False(samples.SortAndFindDoubles());
        Assert.Equal([new Sample(10, 1, 2), new Sample(20, 2, 1)], samples.For(channel[0]));
    }

    [Fact]
    public void Add_ReadingThatReplacedAnother_IsToBeReadFromTheStore()
    {
        var channel = Judged(Limits);
        _arrived.Add(channel, Reading(ms: 10, value: null, message: 1));
        _arrived.Add(channel, Reading(ms: 20, value: 5, message: 1));
        _arrived.Add(channel, Reading(ms: 10, value: 9, message: 2));

        Assert.True(Assert.Single(_arrived.Channels).SortAndFindDoubles());
    }

    [Fact]
    public void Add_ChannelWithSignal_HasItsStrengthToo()
    {
        var channel = Judged(Limits, Signal);
        _arrived.Add(channel, Reading(ms: 10, value: 5, message: 1) with { Signal = -90 });

        var samples = Assert.Single(_arrived.Channels);
        Assert.Equal([new Sample(10, 5, 1)], samples.For(channel[0]));
        Assert.Equal([new Sample(10, -90, 1)], samples.For(channel[1]));
    }

    [Fact]
    public void Add_NothingIsJudged_IsLeftOut()
    {
        _arrived.Add([new Watch(Limits, Key)], Reading(ms: 10, value: 5, message: 1));

        Assert.Empty(_arrived.Channels);
    }

    [Fact]
    public void Clear_NextBatch_HoldsNothingOfTheOneBefore()
    {
        var (first, second) = (Judged(Limits), Judged(Limits));
        _arrived.Add(first, Reading(ms: 10, value: 5, message: 1));
        _arrived.Clear();
        _arrived.Add(second, Reading(ms: 30, value: 7, message: 2));

        var samples = Assert.Single(_arrived.Channels);
        Assert.Same(second, samples.Watches);
        Assert.Equal([new Sample(30, 7, 2)], samples.For(second[0]));
    }

    private static Watch[] Judged(params AlarmSubject[] subjects)
    {
        Watch[] channel = [.. subjects.Select(subject => new Watch(subject, Key))];
        var course = new Course([(long.MinValue, new SensorErrorCondition(1, new Patience(0), null))], []);
        var book = new RuleBook(1, [], []);
        Array.ForEach(channel, watch => watch.Follow(book, [], _ => course));
        return channel;
    }

    private static ArrivedReading Reading(long ms, double? value, long message) => new(1, 1, ms, value, message, false, null);
}
