using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Makes a document the whole set of channels, people and chains, within a transaction.</summary>
internal sealed class NotificationScene(PortalDbContext db, ChannelVault vault, RulePlaces places, TimeProvider time)
{
    private readonly List<NotificationFault> _faults = [];
    private readonly List<NotificationChange> _changes = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<NotificationFault> Faults => _faults;

    /// <summary>What was changed.</summary>
    public IReadOnlyList<NotificationChange> Changes => _changes;

    /// <summary>Makes it so.</summary>
    public async Task TakeAsync(NotificationDraft draft, CancellationToken cancellationToken)
    {
        await new ChannelScene(db, vault, time, _faults, _changes).TakeAllAsync(draft.Channels, cancellationToken);
        TakePeople(
            draft.People,
            await db.NotificationRecipients.ToDictionaryAsync(r => r.Address, StringComparer.OrdinalIgnoreCase, cancellationToken));
        await TakeChainsAsync(draft.Chains, cancellationToken);
    }

    private void TakePeople(IReadOnlyList<PersonDraft> drafts, Dictionary<string, NotificationRecipient> rows)
    {
        foreach (var draft in drafts)
        {
            var channels = string.Join(' ', draft.Channels);
            if (rows.Remove(draft.Address, out var row))
            {
                var old = InWords(row);
                (row.Language, row.Channels) = (draft.Language, channels);
                TellChanged($"person {row.Address}", old, InWords(row));
            }
            else
            {
                row = new() { Address = draft.Address, Language = draft.Language, Channels = channels };
                db.NotificationRecipients.Add(row);
                _changes.Add(new(NotificationChangeKind.Made, $"person {row.Address}", null, InWords(row)));
            }
        }

        foreach (var row in rows.Values)
        {
            db.NotificationRecipients.Remove(row);
            _changes.Add(new(NotificationChangeKind.Removed, $"person {row.Address}", InWords(row), null));
        }
    }

    private async Task TakeChainsAsync(IReadOnlyList<ChainDraft> drafts, CancellationToken cancellationToken)
    {
        var rows = await db.NotificationChains.ToDictionaryAsync(c => c.Key, cancellationToken);
        foreach (var draft in drafts)
        {
            if (await LocationOfAsync(draft, cancellationToken) is not { } place)
            {
                continue;
            }

            rows.Remove(draft.Key, out var row);
            Take(draft, place.LocationId, row);
        }

        foreach (var row in rows.Values)
        {
            db.NotificationChains.Remove(row);
            _changes.Add(new(NotificationChangeKind.Removed, $"chain {row.Key}", InWords(row), null));
        }
    }

    private void Take(ChainDraft draft, int? locationId, NotificationChain? row)
    {
        var steps = new ChainSteps(draft.Steps);
        if (row is null)
        {
            row = new() { Key = draft.Key, LocationId = locationId, Level = draft.Level, Steps = steps, RepeatMs = draft.RepeatMs };
            db.NotificationChains.Add(row);
            _changes.Add(new(NotificationChangeKind.Made, $"chain {row.Key}", null, InWords(row)));
            return;
        }

        var old = InWords(row);
        (row.LocationId, row.Level, row.Steps, row.RepeatMs) = (locationId, draft.Level, steps, draft.RepeatMs);
        TellChanged($"chain {row.Key}", old, InWords(row));
    }

    /// <summary>The location of a chain, made if it is missing; null if its path can't be used.</summary>
    private async Task<Place?> LocationOfAsync(ChainDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Place is not { } path)
        {
            return new Place(null);
        }

        if (await places.FindOrMakeAsync(path, cancellationToken) is { } location)
        {
            return new Place(location.Id);
        }

        _faults.Add(new(NotificationFaultKind.Path, $"{draft.Path}.place", string.Join('/', path)));
        return null;
    }

    private void TellChanged(string subject, string old, string now)
    {
        if (old != now)
        {
            _changes.Add(new(NotificationChangeKind.Changed, subject, old, now));
        }
    }

    private static string InWords(NotificationRecipient row) =>
        $"language {row.Language ?? "of the site"}, channels {(row.Channels.Length == 0 ? "all of e-mail" : row.Channels)}";

    private string InWords(NotificationChain row)
    {
        var repeat = row.RepeatMs is { } ms ? $", again every {RuleDuration.Text(ms)}" : "";
        var steps = row.Steps.All.Select(s => $"after {RuleDuration.Text(s.AfterMs)} {string.Join(", ", s.People.Concat(s.Channels))}");
        var level = NotificationWords.Of(NotificationWords.Levels, row.Level);
        return $"{level} at {places.PathOf(row.LocationId)}: {string.Join("; ", steps)}{repeat}";
    }

    private sealed record Place(int? LocationId);
}
