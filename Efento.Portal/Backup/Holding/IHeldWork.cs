using Efento.Portal.Access;

namespace Efento.Portal.Backup.Holding;

/// <summary>Something that waits to be sent. Those who send implement it; the hold does not know them.</summary>
public interface IHeldWork
{
    /// <summary>How much waits.</summary>
    Task<HeldAmount> CountAsync(CancellationToken cancellationToken);

    /// <summary>Drops what waited when the hold began.</summary>
    /// <param name="actor">Who says so.</param>
    /// <param name="heldUtc">When the hold began. Messages about what happened later are sent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DropAsync(Actor actor, DateTimeOffset heldUtc, CancellationToken cancellationToken);
}

/// <summary>What waits to be sent.</summary>
/// <param name="Messages">How many messages to people and programs about alarms.</param>
/// <param name="Feeds">How many messages of gateways are to be sent on by feeds, each counted once for each feed.</param>
public readonly record struct HeldAmount(int Messages = 0, long Feeds = 0);
