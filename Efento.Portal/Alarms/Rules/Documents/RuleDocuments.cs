using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules.Documents;

/// <summary>All rules as one document, out and in.</summary>
internal sealed class RuleDocuments(IDbContextFactory<PortalDbContext> database, RuleDirectory rules, RuleService service)
{
    /// <summary>The rules in force, as far as they are in a scope. Rules for the whole site are in every scope.</summary>
    public async Task<string> ExportAsync(SiteScope scope, CancellationToken cancellationToken = default)
    {
        var book = rules.Book;
        var locations = book.Places.ToLookup(p => p.PointId, LocationOf);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return RuleDocument.Write(
            book.All.Where(r => r.UntilMs == long.MaxValue && IsSeen(r, scope, locations)),
            await DocumentPlaces.ReadAsync(db, cancellationToken));
    }

    /// <summary>Makes a document the whole set of rules.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="utf8">The document.</param>
    /// <param name="isTrial">Whether nothing is changed, only told what would be.</param>
    /// <param name="fromMs">From when on it is in force; null for now.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public async Task<RuleOutcome> ImportAsync(
        Actor actor, ReadOnlyMemory<byte> utf8, bool isTrial, long? fromMs = null, CancellationToken cancellationToken = default)
    {
        var read = RuleDocumentReader.Read(utf8);
        return read.Faults.Count > 0
            ? new([.. read.Faults], [])
            : await service.ReplaceAsync(actor, read.Drafts, isTrial, fromMs, cancellationToken);
    }

    /// <summary>A rule that waits for its logger is seen by those who see everything.</summary>
    private static bool IsSeen(AlarmRule rule, SiteScope scope, ILookup<int, int?> locations) =>
        !scope.IsLimited || rule.IsOfSite
        || scope.SeesLocation(rule.PointId is { } point ? locations[point].LastOrDefault() : rule.LocationId);

    private static int? LocationOf(PointPlace place) =>
        place.Path.Length == 0 ? null : int.Parse(place.Path.Split(' ')[0], CultureInfo.InvariantCulture);
}
