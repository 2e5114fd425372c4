using Efento.Portal.Live;

namespace Efento.Portal.Backup;

/// <summary>What the portal is doing about a backup, in memory. Thread-safe.</summary>
public sealed class BackupBoard(LiveFeed feed)
{
    private volatile BackupProgress? _now;

    /// <summary>The backup that is being made; null if none is.</summary>
    public BackupProgress? Now => _now;

    /// <summary>Takes over how far it is, and tells pages.</summary>
    internal void Set(BackupProgress? now)
    {
        _now = now;
        feed.Publish(new LiveKey(LiveTopic.Backup));
    }
}

/// <summary>How far a backup is.</summary>
/// <param name="BegunUtc">When it was begun.</param>
/// <param name="Step">What is being done.</param>
/// <param name="Copied">How much of the database is copied, from 0 to 1.</param>
public sealed record BackupProgress(DateTimeOffset BegunUtc, BackupStep Step, double Copied);
