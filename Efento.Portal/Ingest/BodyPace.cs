namespace Efento.Portal.Ingest;

/// <summary>
/// Ends a body that comes too slowly to be a gateway's on a weak link: after its first minute it must have averaged 50 bytes a second, and
/// it takes a quarter of an hour at most. What is slower only holds room.
/// </summary>
internal sealed class BodyPace : IAsyncDisposable
{
    /// <summary>What a body must average, in bytes a second.</summary>
    public const int LeastPerSecond = 50;

    private static readonly TimeSpan Free = TimeSpan.FromMinutes(1), Longest = TimeSpan.FromMinutes(15), Every = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly Action _end;
    private readonly long _begin;
    private readonly ITimer _timer;
    private long _arrived;

    /// <param name="time">The clock.</param>
    /// <param name="end">Ends the read that waits.</param>
    public BodyPace(TimeProvider time, Action end)
    {
        (_time, _end, _begin) = (time, end, time.GetTimestamp());
        _timer = time.CreateTimer(pace => ((BodyPace)pace!).Check(), this, Free, Every);
    }

    /// <summary>Whether the body was too slow.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Notes how many bytes have arrived in all.</summary>
    public void Note(long arrived) => Volatile.Write(ref _arrived, arrived);

    /// <summary>Returns once no check is under way.</summary>
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
