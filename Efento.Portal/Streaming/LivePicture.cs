namespace Efento.Portal.Streaming;

/// <summary>
/// The state of all points that a group may see, at one moment. An unchanged point stays the same object, so that comparing two pictures is
/// cheap.
/// </summary>
internal sealed class LivePicture
{
    private readonly Dictionary<string, (LivePoint Point, byte[] Json)> _bySerial;

    private LivePicture(IReadOnlyList<(LivePoint Point, byte[] Json)> all) =>
        (Points, _bySerial) = ([.. all.Select(one => one.Point)], all.ToDictionary(one => one.Point.Serial));

    /// <summary>A picture without points.</summary>
    public static LivePicture Empty { get; } = new([]);

    /// <summary>Every point, by name.</summary>
    public IReadOnlyList<LivePoint> Points { get; }

    /// <summary>Creates the next picture; unchanged points are taken from this one.</summary>
    public LivePicture Next(IEnumerable<LivePoint> points, LiveNotice? notice = null) => new([.. points.Select(Next)]) { Notice = notice };

    /// <summary>What concerns every point; null for programs.</summary>
    public LiveNotice? Notice { get; private init; }

    /// <summary>The changes since an earlier picture; null if there are none.</summary>
    public LiveChange? Since(LivePicture before, DateTimeOffset at)
    {
        var points = Points.Where(p => !before._bySerial.TryGetValue(p.Serial, out var known) || !ReferenceEquals(known.Point, p)).ToList();
        var removed = before.Points.Select(p => p.Serial).Where(serial => !_bySerial.ContainsKey(serial)).ToList();
        return points.Count + removed.Count == 0 ? null : new LiveChange(at, points, removed);
    }

    private (LivePoint Point, byte[] Json) Next(LivePoint point)
    {
        var json = point.ToJson();
        return _bySerial.TryGetValue(point.Serial, out var before) && before.Json.AsSpan().SequenceEqual(json) ? before : (point, json);
    }
}
