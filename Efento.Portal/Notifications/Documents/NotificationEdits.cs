using System.Text.Json.Nodes;
using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Documents;

/// <summary>
/// Changes one person, rota or chain. An entry has the fields of the document, and is checked as the document is, so that a page refuses
/// what a file may not say either.
/// </summary>
internal sealed class NotificationEdits(IDbContextFactory<PortalDbContext> database, NotificationDocuments documents)
{
    /// <summary>All entries of a list as they are now, in the order of the document.</summary>
    public async Task<NotificationEntries> ReadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var document = JsonNode.Parse(await NotificationDocuments.ExportAsync(db, cancellationToken))!.AsObject();
        return new(ListOf(document, EntryKind.Person), ListOf(document, EntryKind.Rota), ListOf(document, EntryKind.Chain))
        {
            Watching = document[WatchReader.Field] is JsonObject watching ? new(watching.DeepClone().AsObject()) : null,
        };
    }

    /// <summary>Changes how the portal lets others know that it watches.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">How it was seen; null if it did not.</param>
    /// <param name="wanted">How it is to be; without a field, it does not.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public async Task<EditOutcome> SaveWatchingAsync(
        Actor actor, NotificationEntry? seen, NotificationEntry wanted, CancellationToken cancellationToken = default)
    {
        var isSeen = true;
        var outcome = await documents.ChangeAsync(
            actor,
            document =>
            {
                isSeen = JsonNode.DeepEquals(document[WatchReader.Field], seen?.Json);
                if (isSeen)
                {
                    document[WatchReader.Field] = wanted.Json.Count == 0 ? null : wanted.Json.DeepClone();
                }
            },
            cancellationToken);
        return isSeen ? EditOutcome.Of(outcome, WatchReader.Field) : EditOutcome.TooLate;
    }

    /// <summary>Adds an entry, or changes one.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="seen">The entry as the person saw it; null for a new one.</param>
    /// <param name="wanted">The entry as it is to be.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<EditOutcome> SaveAsync(
        Actor actor, EntryKind kind, NotificationEntry? seen, NotificationEntry wanted, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            actor, kind, seen,
            list =>
            {
                var index = seen is null ? list.Count : IndexOf(list, seen);
                if (seen is not null)
                {
                    list.RemoveAt(index);
                }

                list.Insert(index, wanted.Json.DeepClone());
                return index;
            },
            cancellationToken);

    /// <summary>Removes an entry.</summary>
    public Task<EditOutcome> RemoveAsync(
        Actor actor, EntryKind kind, NotificationEntry seen, CancellationToken cancellationToken = default) => ChangeAsync(
            actor, kind, seen,
            list =>
            {
                list.RemoveAt(IndexOf(list, seen));
                return null;
            },
            cancellationToken);

    private async Task<EditOutcome> ChangeAsync(
        Actor actor, EntryKind kind, NotificationEntry? seen, Func<JsonArray, int?> change, CancellationToken cancellationToken)
    {
        int? at = null;
        var isSeen = true;
        var outcome = await documents.ChangeAsync(
            actor,
            document =>
            {
                var list = document[NameOf(kind)]!.AsArray();
                isSeen = seen is null || IndexOf(list, seen) >= 0;
                at = isSeen ? change(list) : null;
            },
            cancellationToken);
        return isSeen ? EditOutcome.Of(outcome, at is { } index ? $"{NameOf(kind)}[{index}]" : null) : EditOutcome.TooLate;
    }

    private static int IndexOf(JsonArray list, NotificationEntry seen)
    {
        var index = 0;
        while (index < list.Count && !JsonNode.DeepEquals(list[index], seen.Json))
        {
            index++;
        }

        return index < list.Count ? index : -1;
    }

    private static IReadOnlyList<NotificationEntry> ListOf(JsonObject document, EntryKind kind) =>
        [.. document[NameOf(kind)]!.AsArray().Select(e => new NotificationEntry(e!.DeepClone().AsObject()))];

    private static string NameOf(EntryKind kind) => kind switch
    {
        EntryKind.Person => "people",
        EntryKind.Rota => "rotas",
        _ => "chains",
    };
}

/// <summary>What can be changed by itself.</summary>
public enum EntryKind
{
    /// <summary>A person.</summary>
    Person,

    /// <summary>A rota.</summary>
    Rota,

    /// <summary>A chain.</summary>
    Chain,
}

/// <summary>All people, rotas and chains.</summary>
/// <param name="People">The people.</param>
/// <param name="Rotas">The rotas.</param>
/// <param name="Chains">The chains.</param>
internal sealed record NotificationEntries(
    IReadOnlyList<NotificationEntry> People, IReadOnlyList<NotificationEntry> Rotas, IReadOnlyList<NotificationEntry> Chains)
{
    /// <summary>How the portal lets others know that it watches; null if it does not.</summary>
    public NotificationEntry? Watching { get; init; }
}

/// <summary>What came of a change of one entry.</summary>
/// <param name="Faults">What is wrong with the entry: the paths begin within it.</param>
/// <param name="Elsewhere">What would be wrong with other entries, such as a chain that names a person who is removed.</param>
/// <param name="IsTooLate">Whether somebody else has changed it since it was seen.</param>
internal sealed record EditOutcome(
    IReadOnlyList<NotificationFault> Faults, IReadOnlyList<NotificationFault> Elsewhere, bool IsTooLate = false)
{
    /// <summary>Somebody else has changed it.</summary>
    public static EditOutcome TooLate { get; } = new([], [], true);

    /// <summary>Whether it is done.</summary>
    public bool IsDone => Faults.Count == 0 && Elsewhere.Count == 0 && !IsTooLate;

    /// <summary>The outcome of a document.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="path">Where the entry is in the document; null if it was removed.</param>
    public static EditOutcome Of(NotificationOutcome outcome, string? path)
    {
        var own = outcome.Faults.Where(f => path is not null && f.Path.StartsWith(path, StringComparison.Ordinal)).ToList();
        return new([.. own.Select(f => f with { Path = f.Path[path!.Length..].TrimStart('.') })], [.. outcome.Faults.Except(own)]);
    }
}
