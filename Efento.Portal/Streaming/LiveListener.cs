using System.Security.Claims;
using System.Threading.Channels;
using Efento.Portal.Access.Screens;

namespace Efento.Portal.Streaming;

/// <summary>
/// One connection. It is told what is different from what it was told last, one message after the other: a slow one waits for nobody and nobody for it, and
/// misses only what is over.
/// </summary>
internal sealed class LiveListener(ILiveClient client, ClaimsPrincipal opened, string address, LiveGroups groups, Followers followers, ServerVersion version, TimeProvider time)
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private LiveGroup? _group;
    private string? _key;
    private LivePicture? _told;
    private long _lastBeat;

    /// <summary>Tells until the connection is gone, or its owner may listen no more.</summary>
    public async Task RunAsync(CancellationToken gone)
    {
        followers.Changed += Wake;
        _lastBeat = time.GetTimestamp();
        try
        {
            while (followers.Now(opened) is { Identity.IsAuthenticated: true } person)
            {
                await TellAsync(person, gone);
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

    private async Task TellAsync(ClaimsPrincipal person, CancellationToken gone)
    {
        Join(person);
        var picture = await _group!.PictureAsync(gone);
        var now = time.GetUtcNow();
        if (_told is null)
        {
            followers.Note(person, address);
            await client.Snapshot(new LiveSnapshot(now, version.Text, picture.Points));
        }
        else if (picture.Since(_told, now) is { } change)
        {
            await client.Changed(change);
        }

        _told = picture;
        if (time.GetElapsedTime(_lastBeat) >= BeatEvery)
        {
            _lastBeat = time.GetTimestamp();
            followers.Note(person, address);
            await client.Beat(now);
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
            // Time for the next beat.
        }
    }

    private void Join(ClaimsPrincipal person)
    {
        var key = LiveGroups.KeyOf(person);
        if (key == _key)
        {
            return;
        }

        Leave();
        _group = groups.Join(person);
        _group.Changed += Wake;
        (_key, _told) = (key, null);
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
