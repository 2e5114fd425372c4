namespace Efento.Portal.Simulation;

/// <summary>What a gateway's loggers hold for it, oldest first.</summary>
internal sealed class GatewayBuffer(IReadOnlyList<VirtualLogger> loggers, DateTimeOffset firstUtc)
{
    private readonly LoggerBacklog[] _backlogs = [.. loggers.Select((logger, i) => new LoggerBacklog(logger, i, firstUtc))];
    private readonly Dictionary<string, int> _handles = loggers.Select((logger, i) => (logger.Serial, i)).ToDictionary();

    /// <summary>How many loggers.</summary>
    public int Loggers => _backlogs.Length;

    /// <summary>Serials of the loggers whose measurements are kept for later.</summary>
    public IEnumerable<string> Kept => _backlogs.Where(b => b.IsKept).Select(b => b.Serial);

    /// <summary>Measurements that will never be sent.</summary>
    public long Forgotten => _backlogs.Sum(b => b.Forgotten);

    /// <summary>When the oldest unsent measurement was or will be taken; far in the future without loggers.</summary>
    public DateTimeOffset OldestUtc => _backlogs.Length == 0 ? DateTimeOffset.MaxValue : _backlogs.Min(b => b.OldestUtc);

    /// <summary>Unsent measurements taken until <paramref name="dueUtc"/>.</summary>
    public long CountAt(DateTimeOffset dueUtc) => _backlogs.Sum(b => b.CountAt(dueUtc));

    /// <summary>The response handle of a logger: its place in the list.</summary>
    public int HandleOf(string serial) => _handles[serial];

    /// <summary>Takes out the oldest measurements of all loggers in the order of their times.</summary>
    public List<LoggerMeasurement> Take(DateTimeOffset dueUtc, int most)
    {
        var byAge = new PriorityQueue<LoggerBacklog, (DateTimeOffset, int)>(_backlogs.Length);
        foreach (var backlog in _backlogs)
        {
            backlog.Trim(dueUtc);
            EnqueueIfDue(backlog);
        }

        List<LoggerMeasurement> taken = [];
        while (taken.Count < most && byAge.TryDequeue(out var backlog, out _))
        {
            taken.Add(backlog.Take());
            EnqueueIfDue(backlog);
        }

        return taken;

        void EnqueueIfDue(LoggerBacklog backlog)
        {
            backlog.SkipOff(dueUtc);
            if (backlog.OldestUtc <= dueUtc)
            {
                byAge.Enqueue(backlog, (backlog.OldestUtc, backlog.Handle));
            }
        }
    }

    /// <summary>Does what the server asked: Y is kept for later, N no more; a logger it didn't name stays as it was.</summary>
    public void Obey(SyncAnswer answer)
    {
        foreach (var backlog in _backlogs)
        {
            backlog.IsKept = answer.Keep.Contains(backlog.Handle) || (backlog.IsKept && !answer.Drop.Contains(backlog.Handle));
        }
    }
}
