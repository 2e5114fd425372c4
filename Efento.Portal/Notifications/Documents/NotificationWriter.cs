using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Makes a document the whole set of channels, people, rotas and chains, within a transaction.</summary>
internal sealed class NotificationWriter(PortalDbContext db, ChannelVault vault, RulePlaces places, TimeProvider time)
{
    private readonly List<NotificationFault> _faults = [];
    private readonly List<NotificationChange> _changes = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<NotificationFault> Faults => _faults;

    /// <summary>What was changed.</summary>
    public IReadOnlyList<NotificationChange> Changes => _changes;

    /// <summary>Makes it so.</summary>
    /// <param name="draft">What the document says.</param>
    /// <param name="keepsChannels">Whether the channels stay as they are, whatever the document says of them.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task TakeAsync(NotificationDraft draft, bool keepsChannels, CancellationToken cancellationToken)
    {
        if (!keepsChannels)
        {
            await new ChannelWriter(db, vault, time, _faults, _changes).TakeAllAsync(draft.Channels, cancellationToken);
        }

        TakePeople(
            draft.People,
            await db.NotificationRecipients.ToDictionaryAsync(r => r.Address, StringComparer.OrdinalIgnoreCase, cancellationToken));
        TakeRotas(draft.Rotas, await db.NotificationRotas.ToDictionaryAsync(r => r.Key, cancellationToken));
        await TakeChainsAsync(draft.Chains, cancellationToken);
        await new WatchWriter(db, vault, time, _faults, _changes).TakeAsync(draft.Watching, cancellationToken);
    }

    private void TakePeople(IReadOnlyList<PersonDraft> drafts, Dictionary<string, NotificationRecipient> rows)
    {
        foreach (var draft in drafts)
        {
            if (rows.Remove(draft.Address, out var row))
            {
                var old = NotificationInWords.Of(row);
                Fill(row, draft);
                TellChanged($"person {row.Address}", old, NotificationInWords.Of(row));
            }
            else
            {
                row = new() { Address = draft.Address, Channels = "" };
                Fill(row, draft);
                db.NotificationRecipients.Add(row);
                _changes.Add(new(NotificationChangeKind.Made, $"person {row.Address}", null, NotificationInWords.Of(row)));
            }
        }

        foreach (var row in rows.Values)
        {
            db.NotificationRecipients.Remove(row);
            _changes.Add(new(NotificationChangeKind.Removed, $"person {row.Address}", NotificationInWords.Of(row), null));
        }
    }

    private static void Fill(NotificationRecipient row, PersonDraft draft)
    {
        (row.Language, row.TimeZone, row.Channels) = (draft.Language, draft.TimeZone, string.Join(' ', draft.Channels));
        (row.Temperature, row.Pressure, row.Quiet) = (draft.Temperature, draft.Pressure, draft.Quiet);
    }

    private void TakeRotas(IReadOnlyList<RotaDraft> drafts, Dictionary<string, NotificationRota> rows)
    {
        foreach (var draft in drafts)
        {
            if (rows.Remove(draft.Key, out var row))
            {
                var old = NotificationInWords.Of(row);
                (row.TimeZone, row.FromDay, row.HandOverMinute, row.People) =
                    (draft.TimeZone, draft.FromDay, draft.HandOverMinute, draft.People);
                TellChanged($"rota {row.Key}", old, NotificationInWords.Of(row));
            }
            else
            {
                row = new()
                {
                    Key = draft.Key,
                    TimeZone = draft.TimeZone,
                    FromDay = draft.FromDay,
                    HandOverMinute = draft.HandOverMinute,
                    People = draft.People,
                };
                db.NotificationRotas.Add(row);
                _changes.Add(new(NotificationChangeKind.Made, $"rota {row.Key}", null, NotificationInWords.Of(row)));
            }
        }

        foreach (var row in rows.Values)
        {
            db.NotificationRotas.Remove(row);
            _changes.Add(new(NotificationChangeKind.Removed, $"rota {row.Key}", NotificationInWords.Of(row), null));
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

        if (await places.FindOrMakeAsync(db, path, cancellationToken) is { } location)
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

    private string InWords(NotificationChain row) => NotificationInWords.Of(row, places.PathOf(row.LocationId));

    private sealed record Place(int? LocationId);
}
