using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Components.Words;

/// <summary>Texts about locations.</summary>
internal static class LocationWords
{
    /// <summary>What a limit allows to see.</summary>
    public static string Sees(LocationLimit? limit, LocationTree tree) => limit is null
        ? LocationText.Everything
        : limit.Ids.Select(id => tree.Find(id)?.Name).OfType<string>().ToList() is { Count: > 0 } names
            ? string.Join(", ", names)
            : LocationText.Nothing;

    /// <summary>The result of moving points.</summary>
    public static string Placed(BulkOutcome outcome, string? path)
    {
        var count = outcome.Changed.Count;
        var done = path is null ? LocationText.Unplaced(count) : LocationText.Placed(count, path);
        return outcome.Meanwhile.Count == 0 ? done : $"{done} {LocationText.LeftAlone(string.Join(", ", outcome.Meanwhile))}";
    }

    /// <summary>Why a change was not made; null if it was.</summary>
    public static string? Fault(LocationOutcome outcome) => outcome switch
    {
        LocationOutcome.Done => null,
        LocationOutcome.ChangedMeanwhile => AdministrationText.ChangedMeanwhile,
        LocationOutcome.NameMissing => AdministrationText.NameMissing,
        LocationOutcome.TooLong => LocationText.TooLong(Location.MostLetters),
        LocationOutcome.NameTaken => LocationText.NameTaken,
        LocationOutcome.TooDeep => LocationText.TooDeep(Location.MostLevels),
        LocationOutcome.InItself => LocationText.InItself,
        LocationOutcome.NotEmpty => LocationText.NotEmpty,
        LocationOutcome.LimitsSomebody => LocationText.LimitsSomebody,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
