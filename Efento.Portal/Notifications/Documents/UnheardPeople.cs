using Efento.Portal.Access;
using Efento.Portal.Devices;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Finds people whom chains name in vain, because their account may see nothing there.</summary>
internal static class UnheardPeople
{
    /// <summary>Those people, in the order of the chains.</summary>
    public static IReadOnlyList<Unheard> Of(
        IEnumerable<NotificationChain> chains, IReadOnlyDictionary<string, NotificationRota> rotas,
        IReadOnlyDictionary<string, User> accounts, LocationTree tree) =>
    [
        .. from chain in chains.OrderBy(c => c.Key, StringComparer.Ordinal)
           from address in chain.Steps.All.SelectMany(s => PeopleOf(s, rotas)).Distinct(StringComparer.OrdinalIgnoreCase)
           where accounts.ContainsKey(address)
           let why = WhyOf(accounts[address], chain, tree)
           where why is not null
           select new Unheard(address, chain.Key, why.Value),
    ];

    private static IEnumerable<string> PeopleOf(ChainStep step, IReadOnlyDictionary<string, NotificationRota> rotas) =>
        step.OnDuty is { } key && rotas.TryGetValue(key, out var rota)
            ? step.People.Concat(rota.People.Turns).Concat(rota.People.Overrides.Values)
            : step.People;

    private static UnheardReason? WhyOf(User account, NotificationChain chain, LocationTree tree) =>
        account.DisabledUtc is not null ? UnheardReason.Disabled
        : LocationLimit.Parse(account.Locations) is { } limit && !Meet(limit, chain.LocationId, tree) ? UnheardReason.SeesNothing
        : null;

    /// <summary>Whether a limit and a place have a location in common.</summary>
    private static bool Meet(LocationLimit limit, int? place, LocationTree tree) => place is { } location
        ? tree.IsWithin(location, [.. limit.Ids]) || limit.Ids.Any(id => tree.IsWithin(id, [location]))
        : limit.Ids.Any(id => tree.Find(id) is not null);
}
