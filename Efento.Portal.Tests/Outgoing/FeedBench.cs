using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Outgoing;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>What tests of feeds do with a portal.</summary>
internal static class FeedBench
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>The settings of a feed.</summary>
    public static Dictionary<string, string> Settings(
        string place = "*", string key = "erp", string channel = "hook", int number = 0) => new()
        {
            [$"Portal:Outgoing:{number}:Key"] = key,
            [$"Portal:Outgoing:{number}:Channel"] = channel,
            [$"Portal:Outgoing:{number}:Place"] = place,
        };

    /// <summary>Makes a channel for each receiver: "hook", "hook1" and so on.</summary>
    public static async Task ImportAsync(this PortalUnderTest portal, params FeedReceiver[] receivers)
    {
        var channels = receivers.Select((receiver, i) => Channel(i == 0 ? "hook" : $"hook{i}", receiver));
        var outcome = await portal.Get<NotificationDocuments>().ImportAsync(
            Actor.Command, Encoding.UTF8.GetBytes($$"""{"channels":[{{string.Join(',', channels)}}]}"""),
            ImmutableDictionary<string, string>.Empty, isTrial: false);
        Assert.Empty(outcome.Faults);
    }

    /// <summary>A channel of a document.</summary>
    public static string Channel(string key, FeedReceiver receiver) =>
        $$"""{"key":"{{key}}","kind":"webhook","url":"{{receiver.Address}}","secret":"{{Secret}}","allowPrivateNetworks":true}""";

    /// <summary>The only feed.</summary>
    public static OutgoingFeed Feed(this PortalUnderTest portal) => Assert.Single(portal.Get<OutgoingFeeds>().All);

    /// <summary>Stores records.</summary>
    public static async Task StoreAsync(this PortalUnderTest portal, params IEnumerable<string> records) =>
        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(records))).Status);

    /// <summary>Waits until the feed has sent all that is stored, and has saved that.</summary>
    public static Task AllSentAsync(this PortalUnderTest portal) => Until.TrueAsync(
        () => portal.Database.Scalar<long>("SELECT coalesce(max(last_message_id), 0) FROM arrival_cursor WHERE consumer = 'outgoing:erp'")
            == portal.Database.Scalar<long>("SELECT coalesce(max(id), 0) FROM message"));

    /// <summary>What <c>/health/ready</c> says: the status and the reasons.</summary>
    public static async Task<string> HealthAsync(this PortalUnderTest portal)
    {
        var reply = JsonElement.Parse((await portal.Client.GetAsync("/health/ready")).Body);
        var reasons = reply.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString());
        return $"{reply.GetProperty("status").GetString()}: {string.Join(' ', reasons)}";
    }
}
