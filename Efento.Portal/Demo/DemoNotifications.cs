using System.Collections.Immutable;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Demo.Mail;
using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.Demo;

/// <summary>
/// Lets the demo tell people of alarms, by e-mail that its own mail box takes. It begins with the present, because nobody wants to read of
/// a month at once.
/// </summary>
internal sealed class DemoNotifications(DemoMailServer server, NotificationDocuments documents, SiteSettings settings, Site site)
{
    /// <summary>Whoever opens the demo.</summary>
    private const string Visitor = "demo@example.org";

    /// <summary>Whoever is told if nobody answers.</summary>
    private const string Colleague = "anna@example.org";

    /// <summary>Begins.</summary>
    /// <param name="address">Where the demo is, for the links in messages.</param>
    /// <param name="stopping">Cancels the call.</param>
    public async Task BeginAsync(Uri address, CancellationToken stopping)
    {
        var faults = await settings.SetAddressAsync(DemoStaff.Actor, null, address.AbsoluteUri, stopping);
        DemoStaff.Check(faults.Count == 0, "say where it is");
        var document = DocumentOf(await server.StartAsync(stopping));
        var outcome = await documents.ImportAsync(
            DemoStaff.Actor, document, ImmutableDictionary<string, string>.Empty, isTrial: false, stopping);
        DemoStaff.Check(outcome.IsDone, "let people be told of alarms");
    }

    private byte[] DocumentOf(int port) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        channels = new[] { new { key = "mail", kind = "email", host = "127.0.0.1", port, security = "none", from = "portal@example.org" } },
        people = new[] { new { email = Visitor, language = site.Language }, new { email = Colleague, language = site.Language } },
        chains = new[]
        {
            new
            {
                key = "everybody",
                place = "*",
                level = "warning",
                steps = new[] { new { after = "0m", people = new[] { Visitor } }, new { after = "10m", people = new[] { Colleague } } },
                repeat = "30m",
            },
        },
    });
}
