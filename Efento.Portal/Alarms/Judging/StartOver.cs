using System.Globalization;
using System.Threading.Channels;
using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Judging;

/// <summary>
/// How far the judging of the past has come when the ledger does not list any more what was missed: series by series, in portions, beside
/// what arrives. Nothing of it is saved, so that one that is cut short begins again. Thread-safe.
/// </summary>
internal sealed class StartOver
{
    /// <summary>How much of the past is judged again.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(31);

    /// <summary>The number of series that are judged while arrivals wait: some hundred milliseconds.</summary>
    public const int Portion = 10;

    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile Progress? _progress;

    /// <summary>Whether there is more to be judged.</summary>
    public bool IsUnderWay => _progress is not null;

    /// <summary>How far it has come, as a sentence; null if nothing is judged again.</summary>
    public string? InWords => _progress is not { } its ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The readings of the last {Reach.TotalDays} days are judged again for alarms: {its.Done:#,0} of {its.All.Count:#,0} series are done.");

    /// <summary>The series that are next; none if all are done.</summary>
    public IReadOnlyList<SeriesEntry> Next => _progress is { } its ? [.. its.All.Skip(its.Done).Take(Portion)] : [];

    /// <summary>Begins with these series.</summary>
    public void Begin(IReadOnlyList<SeriesEntry> all)
    {
        _progress = new(all, 0);
        Wake();
    }

    /// <summary>To be called when the next ones were judged, and that is on record.</summary>
    public void Advance() => _progress = _progress! with { Done = Math.Min(_progress.Done + Portion, _progress.All.Count) };

    /// <summary>To be called when all are judged.</summary>
    public void End() => _progress = null;

    /// <summary>Lets whoever waits try again.</summary>
    public void Wake() => _due.Writer.TryWrite(true);

    /// <summary>Waits until there is something to be judged.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _due.Reader.ReadAsync(cancellationToken);

    private sealed record Progress(IReadOnlyList<SeriesEntry> All, int Done);
}
