using Efento.Portal.Alarms;
using Efento.Portal.Devices;

namespace Efento.Portal.Notifications.Telling;

/// <summary>Who is to be told of an alarm, and after how long.</summary>
internal static class Appointments
{
    /// <summary>All of them, in the order of chains and steps.</summary>
    /// <param name="book">Whom there is to be told.</param>
    /// <param name="level">The level of the alarm.</param>
    /// <param name="locationId">Where it is; null for an alarm of no location.</param>
    /// <param name="tree">The locations.</param>
    /// <param name="begun">When it begins to be told.</param>
    /// <param name="waitMs">How long all of them wait in addition, in ms.</param>
    public static IEnumerable<Appointment> Of(
        NotificationBook book, AlarmLevel level, int? locationId, LocationTree tree, DateTimeOffset begun, long waitMs = 0) =>
        book.ChainsFor(level, locationId, tree).SelectMany(chain => OfChain(book, chain, begun, waitMs));

    /// <summary>Those of one chain, in the order of its steps.</summary>
    /// <param name="book">Whom there is to be told.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="begun">When it begins to be told.</param>
    /// <param name="waitMs">How long all of them wait in addition, in ms.</param>
    public static IEnumerable<Appointment> OfChain(
        NotificationBook book, NotificationChain chain, DateTimeOffset begun, long waitMs = 0) =>
        from step in chain.Steps.All
        let afterMs = step.AfterMs + waitMs
        from told in book.TargetsOf(step, begun.AddMilliseconds(afterMs))
        select new Appointment(told.Target, chain.Key, afterMs, chain.RepeatMs, told.Rota);
}
