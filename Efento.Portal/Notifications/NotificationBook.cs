using System.Collections.Frozen;
using Efento.Portal.Alarms;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Watching;

namespace Efento.Portal.Notifications;

/// <summary>All channels, people and chains at one moment.</summary>
internal sealed class NotificationBook
{
    /// <summary>Nobody is told anything.</summary>
    public static NotificationBook Empty { get; } = new();

    /// <summary>The channels by their keys. Without settings, the secrets of a channel can't be read.</summary>
    public FrozenDictionary<string, OpenedChannel> Channels { get; init; } = FrozenDictionary<string, OpenedChannel>.Empty;

    /// <summary>The people by their addresses, in which case does not count.</summary>
    public FrozenDictionary<string, NotificationRecipient> People { get; init; } =
        FrozenDictionary<string, NotificationRecipient>.Empty;

    /// <summary>The rotas by their keys.</summary>
    public FrozenDictionary<string, NotificationRota> Rotas { get; init; } = FrozenDictionary<string, NotificationRota>.Empty;

    /// <summary>The chains.</summary>
    public IReadOnlyList<NotificationChain> Chains { get; init; } = [];

    /// <summary>How the portal lets others know that it watches; null if it does not.</summary>
    public OpenedWatching? Watching { get; init; }

    /// <summary>Whether nobody can be told anything.</summary>
    public bool IsEmpty => Channels.Count == 0;

    /// <summary>
    /// The chains that tell of an alarm. Of those whose level it has, the nearest place counts, with all its chains.
    /// </summary>
    /// <param name="level">The level of the alarm.</param>
    /// <param name="locationId">Where it is; null for an alarm of no location, which only chains of the whole site tell.</param>
    /// <param name="tree">The locations.</param>
    public IReadOnlyList<NotificationChain> ChainsFor(AlarmLevel level, int? locationId, LocationTree tree)
    {
        var all = Chains.Where(c => c.Level <= level).ToLookup(c => c.LocationId);
        for (var at = tree.Find(locationId); at is not null; at = tree.Find(at.ParentId))
        {
            if (all.Contains(at.Id))
            {
                return [.. all[at.Id]];
            }
        }

        return [.. all[null]];
    }

    /// <summary>Who is told at a step, each once.</summary>
    /// <param name="step">The step.</param>
    /// <param name="at">When it is: that decides who is on duty.</param>
    public IEnumerable<StepTarget> TargetsOf(ChainStep step, DateTimeOffset at) => Told(step, at).DistinctBy(t => t.Target);

    private IEnumerable<StepTarget> Told(ChainStep step, DateTimeOffset at) => step.IsForPeople
        ? from person in PeopleOf(step, at)
          from channel in ChannelsOf(step, person.Address)
          let isPersonal = IsPersonal(channel.Kind)
          select new StepTarget(new Target(channel.Key, isPersonal ? person.Address : null), isPersonal ? person.Rota : null)
        : step.Channels.Select(key => new StepTarget(new Target(key, null), null));

    private IEnumerable<(string Address, string? Rota)> PeopleOf(ChainStep step, DateTimeOffset at)
    {
        var named = step.People.Select(address => (address, (string?)null));
        return step.OnDuty is { } key && Rotas.TryGetValue(key, out var rota) ? named.Append((rota.OnDutyAt(at), key)) : named;
    }

    /// <summary>The channels through which a person is told at a step.</summary>
    public IEnumerable<NotificationChannel> ChannelsOf(ChainStep step, string address)
    {
        var named = step.Channels.Count > 0 ? step.Channels : People.GetValueOrDefault(address)?.ChannelKeys ?? [];
        return named.Count == 0
            ? Channels.Values.Select(c => c.Row).Where(c => c.Kind is ChannelKind.Email)
            : named.Select(key => Channels.GetValueOrDefault(key)?.Row).OfType<NotificationChannel>();
    }

    /// <summary>Whether a channel of this kind needs the address of a person. The others have one recipient, whoever reads there.</summary>
    public static bool IsPersonal(ChannelKind kind) => kind is ChannelKind.Email or ChannelKind.Push;
}

/// <summary>Who is told through what.</summary>
/// <param name="Channel">The key of the channel.</param>
/// <param name="Address">The e-mail address; null where the channel itself is the recipient.</param>
internal readonly record struct Target(string Channel, string? Address);

/// <summary>Somebody who is told at a step.</summary>
/// <param name="Target">Who, through what.</param>
/// <param name="Rota">The rota because of which it is they; null if the step names them.</param>
internal readonly record struct StepTarget(Target Target, string? Rota);

/// <summary>A channel with its secrets in clear text.</summary>
/// <param name="Row">The channel as it is stored.</param>
/// <param name="Settings">Its settings; null if its secrets can't be read.</param>
public sealed record OpenedChannel(NotificationChannel Row, ChannelSettings? Settings);
