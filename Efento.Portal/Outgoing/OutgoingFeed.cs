using System.Globalization;
using Efento.Portal.Arrivals;
using Efento.Portal.Configuration;
using Efento.Portal.Data;

namespace Efento.Portal.Outgoing;

/// <summary>
/// A feed: its settings, how far it has sent, and what keeps it from sending. As a consumer it only learns that something was stored; what
/// is sent is read from the ledger and the store, so that nothing waits in memory. Thread-safe.
/// </summary>
internal sealed class OutgoingFeed(OutgoingOptions options, ArrivalCursors cursors, TimeProvider time) : IArrivalConsumer, IDisposable
{
    /// <summary>How long health checks tell that readings were lost to the feed.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _saving = new(1, 1);
    private FeedPosition? _position;
    private int _resets;
    private int _attempts;
    private (DateTimeOffset SinceUtc, string Answer)? _failure;
    private DateTimeOffset? _lostUtc;
    private (DateTimeOffset AtUtc, string Answer)? _taken;

    /// <summary>Its name.</summary>
    public string Key => options.Key;

    /// <summary>The key of its channel.</summary>
    public string Channel => options.Channel;

    /// <summary>The location whose measurements it sends, as it was typed.</summary>
    public string Place => options.Place;

    /// <summary>Whether Home Assistant is told of its points, if its channel is a broker of MQTT.</summary>
    public bool IsForHomeAssistant => options.HomeAssistant;

    /// <summary>Whether it sends what is measured anywhere.</summary>
    public bool IsOfWholeSite => Place == OutgoingRule.WholeSite;

    /// <inheritdoc/>
    public string Name => $"outgoing:{Key}";

    /// <inheritdoc/>
    public long? Done => Now.Position.MessageId;

    /// <summary>Rings when something was stored, and when the feed was reset.</summary>
    public FeedBell Stored { get; } = new(time);

    /// <summary>Rings when the feed was reset: it does not wait for its next attempt then.</summary>
    public FeedBell WasReset { get; } = new(time);

    /// <summary>How far it has sent, and how often it was reset.</summary>
    public (FeedPosition Position, int Resets) Now
    {
        get
        {
            lock (_lock)
            {
                return (_position ?? new FeedPosition(0), _resets);
            }
        }
    }

    /// <summary>How it stands, and the last message that was sent.</summary>
    public (FeedState State, long Position) State
    {
        get
        {
            lock (_lock)
            {
                var state = new FeedState(Key, Channel, Place, _resets)
                {
                    AnsweredUtc = _taken?.AtUtc,
                    Answer = _taken?.Answer,
                    FailingSinceUtc = _failure?.SinceUtc,
                    Failure = _failure?.Answer,
                };
                return (state, _position?.MessageId ?? 0);
            }
        }
    }

    /// <summary>How often it failed to send since it sent last.</summary>
    public int Attempts
    {
        get
        {
            lock (_lock)
            {
                return _attempts;
            }
        }
    }

    /// <inheritdoc/>
    public string? Trouble
    {
        get
        {
            lock (_lock)
            {
                return _failure is { } failure
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"The feed \"{Key}\" has not sent since {failure.SinceUtc:u} (attempts: {_attempts}): {failure.Answer}")
                    : _lostUtc is { } lost && time.GetUtcNow() - lost < Told
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"""
                        The feed "{Key}" went on at {lost:u} with the oldest message in the ledger, which did not hold any more what the feed had not sent. Give the ledger a longer time in Portal:Retention:Ledger if this happens again.
                        """)
                    : null;
            }
        }
    }

    /// <summary>
    /// Begins after its cursor; without one, with what is stored from now on. If the ledger no longer reaches back to the cursor, the feed
    /// finds out itself, because it goes on from what the ledger has.
    /// </summary>
    public async Task BeginAsync(long after, bool isAnew, CancellationToken cancellationToken)
    {
        bool isFirst;
        lock (_lock)
        {
            isFirst = _position is null;
            _position ??= new FeedPosition(after);
        }

        if (isFirst && isAnew)
        {
            // Without a saved cursor, it would begin later still after a crash.
            await SaveAsync(cancellationToken);
        }

        Stored.Ring();
    }

    /// <inheritdoc/>
    public Task TakeAsync(ArrivalBatch batch, CancellationToken cancellationToken)
    {
        Stored.Ring();
        return Task.CompletedTask;
    }

    /// <summary>Moves on, unless the feed was reset meanwhile.</summary>
    /// <param name="next">The next position.</param>
    /// <param name="resets">How often it had been reset when what lies before the position was read.</param>
    public void MoveTo(FeedPosition next, int resets)
    {
        lock (_lock)
        {
            _position = resets == _resets ? next : _position;
        }
    }

    /// <summary>Notes that all is well: a batch was sent, or there was nothing to send.</summary>
    /// <returns>How many attempts had failed before.</returns>
    public int Sent()
    {
        lock (_lock)
        {
            (var failed, _attempts, _failure) = (_attempts, 0, null);
            return failed;
        }
    }

    /// <summary>Notes what its receiver said when it took something.</summary>
    public void Taken(string answer)
    {
        lock (_lock)
        {
            _taken = (time.GetUtcNow(), answer);
        }
    }

    /// <summary>Notes that an attempt failed.</summary>
    /// <returns>How many attempts have failed since it sent last.</returns>
    public int Failed(string answer)
    {
        lock (_lock)
        {
            _failure = (_failure?.SinceUtc ?? time.GetUtcNow(), answer);
            return ++_attempts;
        }
    }

    /// <summary>Goes on with the oldest message in the ledger, which does not hold any more what follows the position.</summary>
    public void FallBehind(int resets)
    {
        MoveTo(new FeedPosition(0), resets);
        lock (_lock)
        {
            _lostUtc = time.GetUtcNow();
        }
    }

    /// <summary>Goes on after a message, at once and durably.</summary>
    /// <param name="messageId">The message.</param>
    /// <param name="seenResets">How often it had been reset when it was seen; null if that does not matter.</param>
    /// <param name="note">Writes into the audit trail, in the transaction that saves the position.</param>
    /// <param name="cancellationToken">Cancels the call before anything is changed.</param>
    /// <returns>Whether it was reset; false if somebody else has since it was seen.</returns>
    public async Task<bool> ResetAsync(
        long messageId, int? seenResets, Func<PortalDbContext, Task> note, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            if (seenResets is { } seen && seen != Now.Resets)
            {
                return false;
            }

            await cursors.SaveAsync(Name, messageId, note, () => GoTo(messageId), cancellationToken);
        }
        finally
        {
            _saving.Release();
        }

        WasReset.Ring();
        Stored.Ring();
        return true;
    }

    /// <summary>Saves the position.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        // Saves run one at a time. Otherwise an older position could replace a newer one.
        await _saving.WaitAsync(cancellationToken);
        try
        {
            await cursors.SaveAsync(Name, Now.Position.MessageId, cancellationToken);
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _saving.Dispose();

    private void GoTo(long messageId)
    {
        lock (_lock)
        {
            (_position, _resets, _attempts, _failure, _lostUtc) = (new FeedPosition(messageId), _resets + 1, 0, null, null);
        }
    }
}
