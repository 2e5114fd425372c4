namespace Efento.Portal.Devices;

/// <summary>The gateways that came back after a time in which the portal took no messages.</summary>
/// <param name="Gateways">The gateways that were heard until it began, by name.</param>
/// <param name="SilentBefore">How many were already silent before it began. These are not expected back.</param>
public sealed record ReturnReport(IReadOnlyList<ReturningGateway> Gateways, int SilentBefore)
{
    /// <summary>The last heartbeats of the missing gateways; one that never sent any has no entry.</summary>
    public IReadOnlyDictionary<int, LastHeartbeat> LastHeartbeats { get; init; } = new Dictionary<int, LastHeartbeat>();

    /// <summary>How many came back.</summary>
    public int Returned => Gateways.Count(g => g.State is ReturnState.Returned);

    /// <summary>The gateways that should be back and are not.</summary>
    public IEnumerable<ReturningGateway> Missing => Gateways.Where(g => g.State is ReturnState.Missing);

    /// <summary>When the last of the expected gateways should be back; null if none is expected any more.</summary>
    public DateTimeOffset? ExpectedByUtc =>
        Gateways.Where(g => g.State is ReturnState.Expected).Select(g => (DateTimeOffset?)g.ExpectedByUtc).Max();
}

/// <summary>A gateway that was heard until the time began.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Serial">The serial it reports; null until it is known.</param>
/// <param name="State">Whether it is back.</param>
/// <param name="LastUtc">Its last message before.</param>
/// <param name="ReturnedUtc">Its first message afterwards; null if none has come.</param>
/// <param name="ExpectedByUtc">When it should be back at the latest: after its pause of five minutes and one heartbeat interval.</param>
public sealed record ReturningGateway(
    int Id, string Name, string? Serial, ReturnState State, DateTimeOffset LastUtc, DateTimeOffset? ReturnedUtc,
    DateTimeOffset ExpectedByUtc);

/// <summary>Whether a gateway is back.</summary>
public enum ReturnState : byte
{
    /// <summary>Not back yet, but still in time.</summary>
    Expected,

    /// <summary>It has sent something.</summary>
    Returned,

    /// <summary>It should have sent something.</summary>
    Missing,
}

/// <summary>The last heartbeat of a gateway.</summary>
/// <param name="AtUtc">When it came.</param>
/// <param name="Power">Its power status as sent.</param>
/// <param name="BatteryPercent">Its battery, 0 to 100 %.</param>
public sealed record LastHeartbeat(DateTimeOffset AtUtc, string? Power, double? BatteryPercent);
