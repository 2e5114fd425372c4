using Efento.Portal.Alarms.Lists;
using Efento.Portal.Components.Pages.Alarms;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Ledger;

namespace Efento.Portal.Components.Pages.Admin.Deliveries;

/// <summary>The filter of the list of deliveries, as addresses write it. What can't be read there counts as not given.</summary>
public sealed record DeliveryChoice
{
    /// <summary>The word for those whose time has not come; all other lists leave them out.</summary>
    internal const string Planned = "planned";

    /// <summary>The name of a <see cref="DeliveryState"/>, or <see cref="Planned"/>.</summary>
    public string? State { get; init; }

    /// <summary>The key of a channel.</summary>
    public string? Channel { get; init; }

    /// <summary>The address of a person.</summary>
    public string? Who { get; init; }

    /// <summary>A time that reaches until now: 1d, 7d, 30d or 1y.</summary>
    public string? Time { get; init; }

    /// <summary>The first day, as 2026-11-01.</summary>
    public string? From { get; init; }

    /// <summary>The last day.</summary>
    public string? To { get; init; }

    /// <summary>Whether it leaves anything out.</summary>
    internal bool IsGiven => this != new DeliveryChoice();

    /// <summary>Whether it names days, which begin at another moment in each time zone.</summary>
    internal bool HasDays => AlarmChoice.DayOf(From) is not null || AlarmChoice.DayOf(To) is not null;

    /// <summary>The states to choose from, and their words in addresses.</summary>
    internal static IEnumerable<(string Word, DeliveryState State)> States =>
        Enum.GetValues<DeliveryState>().Select(state => (AlarmItem.Word(state), state));

    /// <summary>The filter.</summary>
    /// <param name="nowUtc">The present time.</param>
    /// <param name="zone">The time zone of the days.</param>
    internal DeliveryFilter Filter(DateTimeOffset nowUtc, TimeZoneInfo zone)
    {
        var from = AlarmChoice.StartOf(From, zone);
        var later = nowUtc.AddMilliseconds(1);
        var to = AlarmChoice.StartOf(To, zone, daysAfter: 1);
        DateTimeOffset? since = Time is not null && AlarmChoice.Spans.TryGetValue(Time, out var span) ? nowUtc - span : null;
        return new()
        {
            State = States.Where(s => s.Word == State).Select(s => (DeliveryState?)s.State).FirstOrDefault(),
            Channel = string.IsNullOrEmpty(Channel) ? null : Channel,
            Person = string.IsNullOrEmpty(Who) ? null : Who,
            FromUtc = State == Planned ? later : from > since ? from : since ?? from,
            ToUtc = State == Planned || to < later ? to : later,
        };
    }
}
