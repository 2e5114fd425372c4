using System.Collections.Frozen;
using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Push;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Documents;

/// <summary>
/// Finds people whom chains name in vain, because their account may see nothing there, or because they have no device on which the chain
/// could tell them.
/// </summary>
internal sealed class UnheardPeople(
    NotificationBook book, IReadOnlyDictionary<string, User> accounts, IReadOnlySet<string> owners, LocationTree tree)
{
    /// <summary>Those people as a transaction sees them, in the order of the chains.</summary>
    public static async Task<IReadOnlyList<Unheard>> ReadAsync(
        PortalDbContext db, LocationTree tree, CancellationToken cancellationToken)
    {
        var accounts = await Audience.AccountsAsync(db, cancellationToken);
        NotificationBook book = new()
        {
            Channels = (await db.NotificationChannels.ToListAsync(cancellationToken))
                .ToFrozenDictionary(c => c.Key, c => new OpenedChannel(c, null), StringComparer.Ordinal),
            People = (await db.NotificationRecipients.ToListAsync(cancellationToken))
                .ToFrozenDictionary(r => r.Address, StringComparer.OrdinalIgnoreCase),
            Rotas = (await db.NotificationRotas.ToListAsync(cancellationToken)).ToFrozenDictionary(r => r.Key, StringComparer.Ordinal),
            Chains = await db.NotificationChains.ToListAsync(cancellationToken),
        };
        var owners = await PushOwners.ReadAsync(db, accounts, cancellationToken);
        return new UnheardPeople(book, accounts, owners, tree).All();
    }

    private IReadOnlyList<Unheard> All() =>
    [
        .. from chain in book.Chains.OrderBy(c => c.Key, StringComparer.Ordinal)
           from address in chain.Steps.All.SelectMany(PeopleOf).Distinct(StringComparer.OrdinalIgnoreCase)
           let why = WhyOf(address, chain)
           where why is not null
           select new Unheard(address, chain.Key, why.Value),
    ];

    private IEnumerable<string> PeopleOf(ChainStep step) => step.OnDuty is { } key && book.Rotas.TryGetValue(key, out var rota)
        ? step.People.Concat(rota.People.Turns).Concat(rota.People.Overrides.Values)
        : step.People;

    private UnheardReason? WhyOf(string address, NotificationChain chain) =>
        (accounts.TryGetValue(address, out var account) ? WhyOf(account, chain) : null)
        ?? (!owners.Contains(address) && IsToldByPush(address, chain) ? UnheardReason.NoDevice : null);

    private bool IsToldByPush(string address, NotificationChain chain) =>
        chain.Steps.All.Any(step => PeopleOf(step).Contains(address, StringComparer.OrdinalIgnoreCase)
            && book.ChannelsOf(step, address).Any(c => c.Kind is ChannelKind.Push));

    private UnheardReason? WhyOf(User account, NotificationChain chain) =>
        account.DisabledUtc is not null ? UnheardReason.Disabled
        : LocationLimit.Parse(account.Locations) is { } limit && !Meet(limit, chain.LocationId) ? UnheardReason.SeesNothing
        : null;

    /// <summary>Whether a limit and a place have a location in common.</summary>
    private bool Meet(LocationLimit limit, int? place) => place is { } location
        ? tree.IsWithin(location, [.. limit.Ids]) || limit.Ids.Any(id => tree.IsWithin(id, [location]))
        : limit.Ids.Any(id => tree.Find(id) is not null);
}
