using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Components.Words;

/// <summary>Locations as people read of them.</summary>
public static class LocationWords
{
    /// <summary>What a limit lets somebody see.</summary>
    public static string Sees(LocationLimit? limit, LocationTree tree) => limit is null
        ? "everything"
        : limit.Ids.Select(id => tree.Find(id)?.Name).OfType<string>().ToList() is { Count: > 0 } names ? string.Join(", ", names) : "nothing: the locations are gone";

    /// <summary>So many measuring points.</summary>
    public static string Points(int count) => count == 1 ? "1 measuring point" : $"{count} measuring points";

    /// <summary>What became of placing points.</summary>
    public static string Placed(BulkOutcome outcome, string? path)
    {
        var where = path is null ? "lies in no location any more" : $"now lies in {path}";
        var done = outcome.Changed.Count == 1 ? $"1 measuring point {where}." : $"{Points(outcome.Changed.Count)} {where.Replace("lies", "lie", StringComparison.Ordinal)}.";
        return outcome.Meanwhile.Count == 0 ? done : $"{done} Left alone, since somebody else changed them or the location meanwhile: {string.Join(", ", outcome.Meanwhile)}.";
    }

    /// <summary>Why a change was not made; null if it was.</summary>
    public static string? Fault(LocationOutcome outcome) => outcome switch
    {
        LocationOutcome.Done => null,
        LocationOutcome.ChangedMeanwhile => "Not changed: somebody else changed it after this page showed it. Below is what it is now.",
        LocationOutcome.NameMissing => "Not changed: a name is needed.",
        LocationOutcome.TooLong => $"Not changed: a name has {Location.MostLetters} letters at most.",
        LocationOutcome.NameTaken => "Not changed: a location of that name lies there already.",
        LocationOutcome.TooDeep => $"Not changed: locations lie in one another {Location.MostLevels} deep at most.",
        LocationOutcome.InItself => "Not changed: a location can't lie in itself.",
        LocationOutcome.NotEmpty => "Not deleted: measuring points (retired ones too) or other locations lie in it.",
        LocationOutcome.LimitsSomebody => "Not deleted: somebody, an open invitation or a token is limited to it. Change that first.",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
