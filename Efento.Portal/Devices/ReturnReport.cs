namespace Efento.Portal.Devices;

/// <summary>Who came back after a time in which no gateway was answered.</summary>
/// <param name="Gateways">The gateways that were heard until it began, by name.</param>
/// <param name="SilentBefore">How many were silent before it began already: nobody waits for those.</param>
public sealed record ReturnReport(IReadOnlyList<ReturningGateway> Gateways, int SilentBefore)
{
    /// <summary>The last heartbeat of those that are missing, as far as there was one.</summary>
    public IReadOnlyDictionary<int, LastWords> LastWords { get; init; } = new Dictionary<int, LastWords>();

    /// <summary>How many came back.</summary>
    public int Returned => Gateways.Count(g => g.State is ReturnState.Returned);

    /// <summary>Those that should be back and are not.</summary>
    public IEnumerable<ReturningGateway> Missing => Gateways.Where(g => g.State is ReturnState.Missing);

    /// <summary>When the last one that is not back yet is expected; null if none is expected any more.</summary>
    public DateTimeOffset? ExpectedByUtc => Gateways.Where(g => g.State is ReturnState.Expected).Select(g => (DateTimeOffset?)g.ExpectedByUtc).Max();
}

/// <summary>A gateway that was heard until the time began.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Serial">The serial it says; null until told.</param>
/// <param name="State">Whether it is back.</param>
/// <param name="LastUtc">Its last message before.</param>
/// <param name="ReturnedUtc">Its first message afterwards; null if none has come.</param>
/// <param name="ExpectedByUtc">By when it comes by itself: after its pause of five minutes and one interval of its heartbeats.</param>
public sealed record ReturningGateway(
    int Id, string Name, string? Serial, ReturnState State, DateTimeOffset LastUtc, DateTimeOffset? ReturnedUtc, DateTimeOffset ExpectedByUtc);

/// <summary>Whether a gateway is back.</summary>
public enum ReturnState : byte
{
    /// <summary>Not yet, and it needn't be.</summary>
    Expected,

    /// <summary>It has sent something.</summary>
    Returned,

    /// <summary>It should have sent something.</summary>
    Missing,
}

/// <summary>What a gateway said last.</summary>
/// <param name="AtUtc">Its last heartbeat.</param>
/// <param name="Power">Its power status as sent.</param>
/// <param name="BatteryPercent">Its battery, 0 to 100 %.</param>
public sealed record LastWords(DateTimeOffset AtUtc, string? Power, double? BatteryPercent);
