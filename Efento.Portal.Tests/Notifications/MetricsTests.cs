using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>The figures of the queue of deliveries and of the feeds, as an exporter would collect them.</summary>
public sealed class MetricsTests : NotificationContext
{
    private readonly ConcurrentQueue<string> _seen = new();

    private protected override Dictionary<string, string> Settings => new()
    {
        ["Portal:Outgoing:0:Key"] = "erp",
        ["Portal:Outgoing:0:Channel"] = "hook",
    };

    [Fact]
    public async Task Deliveries_AreCounted_ByKindAndOutcome()
    {
        using var listener = Listen("efento.deliveries");
        await ImportAsync(Usual);
        Hook.AnswerWith(RecordingSender.Refused);
        await MeasureAsync(11);
        await Until.TrueAsync(() => _seen.Count >= 2);
        Assert.Contains("1 email accepted", _seen);
        Assert.Contains("1 webhook failed", _seen);

        Mail.AnswerWith(RecordingSender.TryAgain);
        await PassAsync(TimeSpan.FromMinutes(11));
        await Until.TrueAsync(() => _seen.Contains("1 email retry"));
    }

    [Fact]
    public async Task Attempts_HaveTheirDuration()
    {
        using var listener = Listen("efento.delivery.send.duration");
        await ImportAsync(Usual);
        Mail.Answer = (_, _) =>
        {
            Time.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(RecordingSender.Accepted);
        };

        await MeasureAsync(11);

        await Until.TrueAsync(() => _seen.Contains("2 email accepted"));
    }

    [Fact]
    public async Task Queue_SaysHowManyWait_AndForHowLong_WhenItIsAsked()
    {
        using var waiting = Listen("efento.deliveries.waiting", "efento.deliveries.oldest.age");
        await ImportAsync(Usual);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await MeasureAsync(11);
        await SettleAsync();
        Time.Advance(TimeSpan.FromSeconds(3));

        waiting.RecordObservableInstruments();

        Assert.Equal(["1 email", "3 email"], _seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Feeds_SayHowMuchWaits_AndHowOftenTheyFailed()
    {
        using var listener = Listen("efento.feed.failures", "efento.feed.backlog");
        await MeasureAsync(4);
        await MeasureAsync(5);
        await Until.TrueAsync(() => _seen.Contains("1 erp"));

        _seen.Clear();
        listener.RecordObservableInstruments();

        Assert.Contains("2 erp", _seen);
    }

    /// <summary>Whoever collects the figures is not told a wrong one, and does not fail.</summary>
    [Fact]
    public async Task Queue_WhoseDatabaseIsAway_HasNoFigure()
    {
        using var listener = Listen("efento.deliveries.waiting", "efento.deliveries.oldest.age");
        await ImportAsync(Usual);
        File.Move(Portal.Database.Path, $"{Portal.Database.Path}.away");
        try
        {
            listener.RecordObservableInstruments();
        }
        finally
        {
            File.Move($"{Portal.Database.Path}.away", Portal.Database.Path);
        }

        Assert.Empty(_seen);
    }

    private MeterListener Listen(params string[] names)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, its) =>
            {
                if (instrument.Meter.Name == PortalMeter.Name && ReferenceEquals(instrument.Meter.Scope, Portal.Get<IMeterFactory>())
                    && names.Contains(instrument.Name))
                {
                    its.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => See(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => See(value, tags));
        listener.Start();
        return listener;
    }

    private void See(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Enqueue(string.Join(' ', tags.ToArray().Select(t => $"{t.Value}").Prepend($"{Math.Round(value)}")));
}
