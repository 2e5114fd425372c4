namespace Efento.Portal.Alarms.Evaluation;

/// <summary>
/// The usual time between readings, by the last three spacings. A reading that comes much later follows a gap: what was measured in
/// between is not known, so a gap neither counts towards a delay nor ends anything.
/// </summary>
internal struct Spacing
{
    /// <summary>How many readings it takes until it depends on nothing that came before them.</summary>
    public const int Readings = Remembered + 1;

    private const int Remembered = 3;
    private const double Usual = 2.5;

    private int _count;
    private long _last;
    private long _second;
    private long _third;

    /// <summary>Whether a time between two readings, in ms, is a gap.</summary>
    public readonly bool IsGap(long ms) => _count > 0 && ms > Usual * Median();

    /// <summary>Notes the time between two readings, in ms.</summary>
    public void Note(long ms)
    {
        (_last, _second, _third) = (ms, _last, _second);
        _count = Math.Min(_count + 1, Remembered);
    }

    private readonly long Median() => _count switch
    {
        1 => _last,
        2 => Math.Max(_last, _second),
        _ => Math.Max(Math.Min(_last, _second), Math.Min(Math.Max(_last, _second), _third)),
    };
}
