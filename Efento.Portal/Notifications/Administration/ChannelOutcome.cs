using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.Notifications.Administration;

/// <summary>What came of a change of a channel.</summary>
/// <param name="Faults">What is wrong; the paths are the names of fields.</param>
/// <param name="IsChangedMeanwhile">Whether somebody else changed or removed it in the meantime.</param>
internal sealed record ChannelOutcome(IReadOnlyList<NotificationFault> Faults, bool IsChangedMeanwhile = false)
{
    /// <summary>It is done.</summary>
    public static ChannelOutcome Done { get; } = new([]);

    /// <summary>Somebody else was faster.</summary>
    public static ChannelOutcome ChangedMeanwhile { get; } = new([], true);

    /// <summary>Whether it is done.</summary>
    public bool IsDone => Faults.Count == 0 && !IsChangedMeanwhile;
}

/// <summary>A channel as a person saw it when they decided.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Version">Its version.</param>
internal sealed record SeenChannel(int Id, int Version)
{
    /// <summary>A channel as it is.</summary>
    public static SeenChannel Of(NotificationChannel row) => new(row.Id, row.Version);
}
