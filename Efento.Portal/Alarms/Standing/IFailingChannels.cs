namespace Efento.Portal.Alarms.Standing;

/// <summary>Knows through which channels messages do not get. Whoever sends them implements it.</summary>
internal interface IFailingChannels
{
    /// <summary>The channels that fail, in the order of their keys.</summary>
    IReadOnlyList<FailingChannel> Failing { get; }
}

/// <summary>A channel through which messages do not get.</summary>
/// <param name="Key">Its key.</param>
/// <param name="SinceUtc">When its attempts began to fail.</param>
internal sealed record FailingChannel(string Key, DateTimeOffset SinceUtc);
