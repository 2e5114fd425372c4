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
}
