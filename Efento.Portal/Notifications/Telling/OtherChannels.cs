using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications.Telling;

/// <summary>
/// That a channel fails is told through the others, and at once: the steps that would have told it first can't. Where chains know no other
/// channel, all others tell it to whoever they know.
/// </summary>
internal static class OtherChannels
{
    /// <summary>Who is told of an alarm: unchanged, unless it is about a channel.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="chains">The chains that tell of it.</param>
    /// <param name="book">All channels and people.</param>
    /// <param name="all">Who would be told if every channel worked.</param>
    public static IReadOnlyList<Appointment> Only(
        Alarm alarm, IReadOnlyList<NotificationChain> chains, NotificationBook book, IReadOnlyList<Appointment> all)
    {
        if (alarm.DeliveryChannel is not { } failing)
        {
            return all;
        }

        var others = all.Where(a => a.Target.Channel != failing).ToList();
        if (others.Count == 0)
        {
            return [.. chains.Take(1).SelectMany(chain => EverybodyElse(chain, failing, book))];
        }

        var first = others.Min(a => a.AfterMs);
        return [.. others.Select(a => a with { AfterMs = a.AfterMs - first })];
    }

    private static IEnumerable<Appointment> EverybodyElse(NotificationChain chain, string failing, NotificationBook book) =>
        from channel in book.Channels.Values
        where channel.Row.Key != failing
        from address in NotificationBook.IsPersonal(channel.Row.Kind) ? PeopleOf(chain) : [null]
        select new Appointment(new Target(channel.Row.Key, address), chain.Key, 0, chain.RepeatMs);

    private static IEnumerable<string?> PeopleOf(NotificationChain chain) => chain.Steps.All.SelectMany(s => s.People).Distinct();
}
