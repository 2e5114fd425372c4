using System.Text;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Notifications.Watching;

/// <summary>
/// Calls the dead-man address every few minutes, but only while the portal watches. When the calls stay out, the other side raises its own
/// alarm.
/// </summary>
internal sealed class DeadManCaller(
    NotificationDirectory directory, WatchConditions conditions, OutgoingHttp http, DeadManBoard board, LiveFeed feed, TimeProvider time)
{
    /// <summary>Calls it if that is due.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (directory.Book.Watching is not { Row.CallAddress: not null } watching)
        {
            board.Forget();
        }
        else if (board.For(watching, now).NextUtc <= now)
        {
            await CallAsync(watching, cancellationToken);
            feed.Publish(new LiveKey(LiveTopic.Notifications));
        }
    }

    private async Task CallAsync(OpenedWatching watching, CancellationToken cancellationToken)
    {
        if (await conditions.FaultAsync(cancellationToken) is { } fault)
        {
            board.Hold(fault, time.GetUtcNow());
            return;
        }

        var result = watching.Url is { } url
            ? await http.PostAsync(SettingsOf(watching.Row, url), RequestOf(watching.Row, url), cancellationToken)
            : new SendResult(SendOutcome.TryAgain, "The address can't be decrypted any more. Enter it again.", []);
        board.Take(result, time.GetUtcNow(), TimeSpan.FromMilliseconds(watching.Row.CallEveryMs), Random.Shared.NextDouble());
    }

    /// <summary>Whoever knows the path of the address can call it as well: it is masked in what is shown.</summary>
    private static ChannelSettings SettingsOf(NotificationWatching row, string url) => new()
    {
        Key = DailyMail.Chain,
        Kind = ChannelKind.Webhook,
        Url = url,
        Secret = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.PathAndQuery.Trim('/') : url,
        AllowPrivateNetworks = row.CallAllowsPrivateNetworks,
    };

    private static OutgoingRequest RequestOf(NotificationWatching row, string url) => new()
    {
        Url = url,
        Method = row.CallIsPost ? HttpMethod.Post : HttpMethod.Get,
        Body = row.CallIsPost ? Encoding.UTF8.GetBytes("watching") : [],
        ContentType = "text/plain; charset=utf-8",
    };
}
