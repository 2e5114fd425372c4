using System.Security.Claims;
using System.Threading.Channels;
using Efento.Portal.Access.Screens;

namespace Efento.Portal.Streaming;

/// <summary>
/// One connection. It sends the difference to what it sent last, one message at a time. A slow connection delays no other one; it only
/// skips states that are outdated by then.
/// </summary>
internal sealed class LiveListener(
    ILiveClient client, ClaimsPrincipal opened, string address, LiveView? view, LiveGroups groups, LiveSubscribers followers,
    ServerVersion version, TimeProvider time)
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private LiveGroup? _group;
    private string? _limit;
    private LivePicture? _sent;
    private bool? _hasSound;
    private long _lastBeat;

    /// <summary>Sends until the connection is closed, or until its owner may no longer listen.</summary>
    public async Task RunAsync(CancellationToken gone)
    {
        followers.Changed += Wake;
        _lastBeat = time.GetTimestamp();
        try
        {
            while (followers.Now(opened) is { Identity.IsAuthenticated: true } person)
            {
                await SendAsync(person, gone);
                await WaitAsync(gone);
            }

            await client.Ended();
        }
        finally
        {
            followers.Changed -= Wake;
            Leave();
        }
    }

    private async Task SendAsync(ClaimsPrincipal person, CancellationToken gone)
    {
        Join(person);
        var picture = await _group!.PictureAsync(gone);
        var now = time.GetUtcNow();
        if (_sent is null)
        {
            followers.Note(person, address);
            await client.Snapshot(new LiveSnapshot(now, version.Text, picture.Points));
        }
        else if (picture.Since(_sent, now) is { } change)
        {
            await client.Changed(change);
        }

        if (picture.Notice is { } notice && notice != _sent?.Notice)
        {
            await client.Notice(notice);
        }

        _sent = picture;
        await SendSoundAsync(person);
        if (time.GetElapsedTime(_lastBeat) >= BeatEvery)
        {
            _lastBeat = time.GetTimestamp();
            followers.Note(person, address);
            await client.Beat(now);
        }
    }

    private async Task SendSoundAsync(ClaimsPrincipal person)
    {
        if (ScreenAuthentication.HasSound(person) is var hasSound && view is not null && hasSound != _hasSound)
        {
            _hasSound = hasSound;
            await client.Sound(hasSound);
        }
    }

    private async Task WaitAsync(CancellationToken gone)
    {
        var left = BeatEvery - time.GetElapsedTime(_lastBeat);
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        using var beat = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, beat.Token);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            // The next beat is due.
        }
    }

    private void Join(ClaimsPrincipal person)
    {
        var limit = LiveGroups.LimitOf(person);
        if (_group is not null && limit == _limit)
        {
            return;
        }

        Leave();
        _group = groups.Join(person, view);
        _group.Changed += Wake;
        (_limit, _sent) = (limit, null);
    }

    private void Leave()
    {
        if (_group is { } group)
        {
            _group = null;
            group.Changed -= Wake;
            groups.Leave(group);
        }
    }

    private void Wake() => _wake.Writer.TryWrite(true);
}
