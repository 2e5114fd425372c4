namespace Efento.Portal.Alarms.Evaluation;

/// <summary>
/// The usual time between readings, by the last three spacings. A reading that comes much later follows a gap: what was measured in
/// between is not known, so a gap neither counts towards a delay nor ends anything.
/// </summary>
internal sealed class Spacing
{
    /// <summary>How many readings it takes until it depends on nothing that came before them.</summary>
    public const int Readings = Remembered + 1;

    private const int Remembered = 3;
    private const double Usual = 2.5;

    private readonly Queue<long> _last = new(Remembered + 1);

    /// <summary>Whether a time between two readings, in ms, is a gap.</summary>
    public bool IsGap(long ms) => _last.Count > 0 && ms > Usual * Median();

    /// <summary>Notes the time between two readings, in ms.</summary>
    public void Note(long ms)
    {
        _last.Enqueue(ms);
        if (_last.Count > Remembered)
        {
            _last.Dequeue();
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _last.Clear();

    private long Median()
    {
        Span<long> sorted = stackalloc long[_last.Count];
        var at = 0;
        foreach (var ms in _last)
        {
            sorted[at++] = ms;
        }

        sorted.Sort();
        return sorted[sorted.Length / 2];
    }
}
