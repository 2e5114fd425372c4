using Efento.Portal.Access;

namespace Efento.Portal.Devices.Administration;

/// <summary>What people call a measuring point and where it is.</summary>
public sealed class PointNaming(PointDecisions points)
{
    /// <summary>The most letters of a name or a place.</summary>
    public const int MostLetters = 100;

    /// <summary>What the audit trail calls it.</summary>
    internal const string Renamed = "measuring point renamed";

    /// <summary>Gives a point a name, and a place if there is one; whoever does not see it finds it gone.</summary>
    public async Task<PointOutcome> RenameAsync(SiteScope scope, Actor actor, Seen point, string name, string? place, CancellationToken cancellationToken = default)
    {
        (name, place) = (name.Trim(), string.IsNullOrWhiteSpace(place) ? null : place.Trim());
        if (name.Length == 0)
        {
            return PointOutcome.NameMissing;
        }

        return name.Length > MostLetters || place?.Length > MostLetters
            ? PointOutcome.TooLong
            : await points.ChangeAsync(scope, actor, point, p => Rename(p, name, place), cancellationToken);
    }

    private static DecisionNote? Rename(MeasuringPoint point, string name, string? place)
    {
        if ((point.Name, point.Place) == (name, place))
        {
            return null;
        }

        var old = InWords(point);
        (point.Name, point.Place) = (name, place);
        return new DecisionNote(Renamed, old, InWords(point), null);
    }

    private static string InWords(MeasuringPoint point) => point.Place is { } place ? $"{point.Name}, {place}" : point.Name;
}
