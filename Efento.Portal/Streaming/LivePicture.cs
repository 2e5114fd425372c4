namespace Efento.Portal.Streaming;

/// <summary>What a scope showed at a moment. A point that stayed the same stays the same object, so that two pictures are compared without looking into them.</summary>
/// <param name="Points">Every point, by name.</param>
internal sealed record LivePicture(IReadOnlyList<LivePoint> Points)
{
    /// <summary>Nothing.</summary>
    public static LivePicture Empty { get; } = new([]);

    private readonly Dictionary<string, LivePoint> _bySerial = Points.ToDictionary(p => p.Serial);

    /// <summary>The picture that follows this one.</summary>
    public LivePicture Next(IEnumerable<LivePoint> points) =>
        new([.. points.Select(p => _bySerial.TryGetValue(p.Serial, out var before) && before.IsSameAs(p) ? before : p)]);

    /// <summary>What whoever knows <paramref name="before"/> has to be told; null if nothing.</summary>
    public LiveChange? Since(LivePicture before, DateTimeOffset at)
    {
        var points = Points.Where(p => !before._bySerial.TryGetValue(p.Serial, out var known) || !ReferenceEquals(known, p)).ToList();
        var removed = before.Points.Select(p => p.Serial).Where(serial => !_bySerial.ContainsKey(serial)).ToList();
        return points.Count + removed.Count == 0 ? null : new LiveChange(at, points, removed);
    }
}
