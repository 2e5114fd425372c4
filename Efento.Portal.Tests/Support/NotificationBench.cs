using System.Collections.Immutable;
using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.Tests.Support;

/// <summary>Channels, people and chains of a portal under test.</summary>
internal static class NotificationBench
{
    /// <summary>Makes a document the whole set.</summary>
    public static async Task ImportAsync(this PortalUnderTest portal, string document)
    {
        var outcome = await portal.Get<NotificationDocuments>().ImportAsync(
            Actor.Command, Encoding.UTF8.GetBytes(document), ImmutableDictionary<string, string>.Empty, isTrial: false);
        Assert.Empty(outcome.Faults);
    }

    /// <summary>Writes a delivery about an alarm, as the dispatcher would have left it.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="alarm">The alarm.</param>
    /// <param name="channel">The key of the channel.</param>
    /// <param name="address">The address of the person; null for none.</param>
    /// <param name="state">Its state.</param>
    /// <param name="atUtc">When it was due and attempted.</param>
    public static void Deliver(
        this PortalUnderTest portal, int alarm, string channel, string? address, int state, DateTimeOffset atUtc) =>
        portal.Database.Execute(
            $"""
            INSERT INTO delivery (key, alarm_id, event, channel, address, chain, queued_utc, due_utc, next_utc, state, attempts,
              attempted_utc, answer, done_utc)
            SELECT 'msg_' || hex(randomblob(8)), {alarm}, 1, '{channel}', {(address is null ? "NULL" : $"'{address}'")}, 'default', at, at, at,
              {state}, 1, at, '550 no such mailbox', at FROM (SELECT {atUtc.ToUnixTimeMilliseconds()} AS at)
            """);
}
