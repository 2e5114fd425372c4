using System.Collections.Immutable;
using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.Tests.Support;

/// <summary>Who is told of alarms of a portal under test.</summary>
internal static class NotificationBench
{
    /// <summary>
    /// People with quiet hours and without, who take turns at night, and a chain for a ward. There is no mail server.
    /// </summary>
    public const string NightAndDay =
        """
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","port":9,"from":"portal@site.example"},
          {"key":"hook","kind":"webhook","url":"http://127.0.0.1:9/hook"}],
        "people":[{"email":"anna@site.example","language":"en","zone":"Europe/Warsaw","quiet":{"from":"22:00","to":"06:00"},"channels":["mail"]},
          {"email":"bert.with.a.name.that.needs.much.room@department.of.the.hospital.example"}],
        "rotas":[{"key":"night","zone":"Europe/Warsaw","from":"2026-06-15","handOver":"08:00",
          "people":["anna@site.example","bert.with.a.name.that.needs.much.room@department.of.the.hospital.example"],
          "days":[{"day":"2026-12-24","person":"anna@site.example"}]}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[{"people":["anna@site.example"],"channels":["mail"]},
            {"after":"10m","onDuty":"night"},{"after":"20m","channels":["hook"]}],"repeat":"30m"},
          {"key":"ward","place":"Hospital/Ward 1","level":"critical","steps":[{"onDuty":"night"}]}]}
        """;

    /// <summary>Imports a document.</summary>
    public static async Task TellAsync(this PortalUnderTest portal, string document)
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
