namespace Efento.Portal.Devices.Administration;

/// <summary>What people call a measuring point, and where it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LocationId">The location it lies in; null for none.</param>
/// <param name="Place">The remark beside the location, in the users' words; null for none.</param>
public sealed record PointLabel(string Name, int? LocationId, string? Place)
{
    /// <summary>The most letters of a name or a remark.</summary>
    public const int MostLetters = 100;

    /// <summary>The label of a point.</summary>
    public static PointLabel Of(PointOverview point) => new(point.Name, point.Location?.Id, point.Place);

    /// <summary>The label without white space around its texts.</summary>
    public PointLabel Tidy() =>
        this with { Name = Name.Trim(), Place = string.IsNullOrWhiteSpace(Place) ? null : Place.Trim() };

    /// <summary>Why a tidy label can't be one; null if it can.</summary>
    internal PointOutcome? Fault() =>
        Name.Length == 0 ? PointOutcome.NameMissing
        : Name.Length > MostLetters || Place?.Length > MostLetters ? PointOutcome.TooLong
        : Name.Any(char.IsControl) || Place?.Any(char.IsControl) is true ? PointOutcome.NotOneLine
        : null;
}

/// <summary>A label for a point.</summary>
/// <param name="Point">The point as the user saw it.</param>
/// <param name="Label">What it is to be called, and where it is.</param>
public sealed record PointChange(Seen Point, PointLabel Label);

/// <summary>Why a point could not be changed, so that none was.</summary>
/// <param name="PointId">The key of the point.</param>
/// <param name="Why">The reason.</param>
public sealed record PointFault(int PointId, PointOutcome Why);
