namespace Efento.Portal.Simulation;

/// <summary>The unsent measurements of a gateway's loggers, oldest first.</summary>
internal sealed class GatewayBuffer(IReadOnlyList<VirtualLogger> loggers, DateTimeOffset firstUtc)
{
    private readonly LoggerBacklog[] _backlogs = [.. loggers.Select((logger, i) => new LoggerBacklog(logger, i, firstUtc))];
    private readonly Dictionary<string, int> _handles = loggers.Select((logger, i) => (logger.Serial, i)).ToDictionary();

    /// <summary>The number of loggers.</summary>
    public int Loggers => _backlogs.Length;

    /// <summary>Serials of the loggers whose measurements are kept for later.</summary>
    public IEnumerable<string> Kept => _backlogs.Where(b => b.IsKept).Select(b => b.Serial);

    /// <summary>Measurements that will never be sent.</summary>
    public long Forgotten => _backlogs.Sum(b => b.Forgotten);

    /// <summary>When the oldest unsent measurement was or will be taken; far in the future without loggers.</summary>
    public DateTimeOffset OldestUtc => _backlogs.Length == 0 ? DateTimeOffset.MaxValue : _backlogs.Min(b => b.OldestUtc);

    /// <summary>Unsent measurements taken until <paramref name="dueUtc"/>.</summary>
    public long CountAt(DateTimeOffset dueUtc) => _backlogs.Sum(b => b.CountAt(dueUtc));

    /// <summary>The response handle of a logger: its index in the list.</summary>
    public int HandleOf(string serial) => _handles[serial];

    /// <summary>Removes and returns the oldest measurements of all loggers in the order of their times.</summary>
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

    /// <summary>
    /// Applies the server's answer. Measurements of loggers in Y are kept for later, those of loggers in N are not. Other loggers stay
    /// unchanged.
    /// </summary>
    public void Apply(SyncAnswer answer)
    {
        foreach (var backlog in _backlogs)
        {
            backlog.IsKept = answer.Keep.Contains(backlog.Handle) || (backlog.IsKept && !answer.Drop.Contains(backlog.Handle));
        }
    }
}
