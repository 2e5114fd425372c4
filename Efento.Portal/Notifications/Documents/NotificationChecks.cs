namespace Efento.Portal.Notifications.Documents;

/// <summary>Checks what the parts of a document say of each other.</summary>
internal sealed class NotificationChecks(NotificationDraft draft, List<NotificationFault> faults)
{
    private readonly HashSet<string> _people = draft.People.Select(p => p.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ChannelDraft> _channels =
        draft.Channels.DistinctBy(c => c.Settings.Key).ToDictionary(c => c.Settings.Key);

    /// <summary>Adds what is wrong.</summary>
    public void Run()
    {
        TellTwice("key", draft.Channels.Select(c => (c.Settings.Key, c.Path)), StringComparer.Ordinal);
        TellTwice("email", draft.People.Select((p, i) => (p.Address, $"people[{i}]")), StringComparer.OrdinalIgnoreCase);
        TellTwice("key", draft.Rotas.Select(r => (r.Key, r.Path)), StringComparer.Ordinal);
        TellTwice("key", draft.Chains.Select(c => (c.Key, c.Path)), StringComparer.Ordinal);
        foreach (var (i, person) in draft.People.Index())
        {
            CheckChannels(person.Channels, $"people[{i}]");
        }

        CheckPeople(draft.Watching?.Mail?.People ?? [], $"{WatchReader.Field}.mail.people");
        draft.Rotas.ToList().ForEach(Check);
        foreach (var chain in draft.Chains)
        {
            foreach (var (i, step) in chain.Steps.Index())
            {
                Check(step, $"{chain.Path}.steps[{i}]");
            }
        }
    }

    private void Check(RotaDraft rota)
    {
        CheckPeople(rota.People.Turns, $"{rota.Path}.people");
        CheckPeople([.. rota.People.Overrides.Values], $"{rota.Path}.days");
    }

    private void CheckPeople(IReadOnlyList<string> addresses, string path)
    {
        foreach (var (i, address) in addresses.Index().Where(p => !_people.Contains(p.Item)))
        {
            faults.Add(new(NotificationFaultKind.PersonUnknown, $"{path}[{i}]", address));
        }
    }

    private void Check(ChainStep step, string path)
    {
        CheckChannels(step.Channels, path);
        CheckPeople(step.People, $"{path}.people");
        if (step.OnDuty is { } rota && draft.Rotas.All(r => r.Key != rota))
        {
            faults.Add(new(NotificationFaultKind.RotaUnknown, $"{path}.onDuty", rota));
        }

        if (!step.IsForPeople)
        {
            CheckWithoutPeople(step, path);
        }
    }

    private void CheckWithoutPeople(ChainStep step, string path)
    {
        if (step.Channels.Count == 0 && !faults.Exists(f => f.Path.StartsWith($"{path}.", StringComparison.Ordinal) || f.Path == path))
        {
            faults.Add(new(NotificationFaultKind.NobodyAtStep, path));
        }

        var personal = step.Channels.Where(c => _channels.TryGetValue(c, out var its) && NotificationBook.IsPersonal(its.Settings.Kind));
        faults.AddRange(personal.Select(c => new NotificationFault(NotificationFaultKind.PeopleNeeded, $"{path}.people", c)));
    }

    private void CheckChannels(IReadOnlyList<string> keys, string path)
    {
        foreach (var (i, key) in keys.Index().Where(k => !_channels.ContainsKey(k.Item)))
        {
            faults.Add(new(NotificationFaultKind.ChannelUnknown, $"{path}.channels[{i}]", key));
        }
    }

    private void TellTwice(string field, IEnumerable<(string Key, string Path)> entries, StringComparer comparer)
    {
        var seen = new HashSet<string>(comparer);
        faults.AddRange(
            entries.Where(e => e.Key.Length > 0 && !seen.Add(e.Key))
                .Select(e => new NotificationFault(NotificationFaultKind.KeyTwice, $"{e.Path}.{field}", e.Key)));
    }
}
