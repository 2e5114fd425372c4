namespace Efento.Portal.Ingest;

/// <summary>
/// Aborts a body that arrives more slowly than a gateway on a weak link would send it. After the first minute the average must be 50 bytes
/// a second, and the whole body may take a quarter of an hour. Anything slower only occupies memory.
/// </summary>
internal sealed class BodyRateLimit : IAsyncDisposable
{
    /// <summary>The lowest average rate, in bytes a second.</summary>
    public const int LeastPerSecond = 50;

    private static readonly TimeSpan Free = TimeSpan.FromMinutes(1), Longest = TimeSpan.FromMinutes(15), Every = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly Action _end;
    private readonly long _begin;
    private readonly ITimer _timer;
    private long _arrived;

    /// <param name="time">The clock.</param>
    /// <param name="end">Cancels the pending read.</param>
    public BodyRateLimit(TimeProvider time, Action end)
    {
        (_time, _end, _begin) = (time, end, time.GetTimestamp());
        _timer = time.CreateTimer(pace => ((BodyRateLimit)pace!).Check(), this, Free, Every);
    }

    /// <summary>Whether the body was too slow.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Sets the number of bytes that have arrived in total.</summary>
    public void Note(long arrived) => Volatile.Write(ref _arrived, arrived);

    /// <summary>Completes when no check is running any more.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Check()
    {
        var taken = _time.GetElapsedTime(_begin);
        if (taken >= Longest || Volatile.Read(ref _arrived) < taken.TotalSeconds * LeastPerSecond)
        {
            IsOver = true;
            _end();
        }
    }
}
