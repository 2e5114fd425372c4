using System.Globalization;
using System.Text;
using Efento.Portal.Data;
using Efento.Portal.Export;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Audit;

/// <summary>
/// Writes the audit trail as a table, oldest first. It includes the hashes, so that the chain can be checked with other tools.
/// </summary>
internal sealed class AuditCsv(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>The route of the download; its query is an <see cref="AuditFilter"/>.</summary>
    public const string Route = "/downloads/audit.csv";

    /// <summary>The header line.</summary>
    public const string Header = "id,at,actorKind,actor,address,action,subject,old,new,reason,previousHash,hash";

    private const int Portion = 1000;

    /// <summary>Maps the download.</summary>
    internal static void Map(WebApplication app) => app
        .MapGet(Route, ([AsParameters] AuditFilter filter, AuditCsv csv) => Results.Stream(
            stream => csv.WriteAsync(stream, filter, CancellationToken.None), "text/csv; charset=utf-8", "audit.csv"))
        .ExcludeFromDescription()
        .RequireAuthorization(Policies.Inspect)
        .Audited("audit trail");

    /// <summary>Writes the table up to the present newest entry.</summary>
    public async Task WriteAsync(Stream stream, AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await text.WriteAsync(Header + CsvText.EndOfLine);
        var (last, end) = (0L, await NewestAsync(cancellationToken));
        while (await ReadAsync(filter, last, end, cancellationToken) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                await text.WriteAsync(LineOf(entry));
            }

            last = entries[^1].Id;
        }
    }

    private async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.AuditEntries.MaxAsync(e => (long?)e.Id, cancellationToken) ?? 0;
    }

    private async Task<List<AuditEntry>> ReadAsync(AuditFilter filter, long after, long end, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await filter.Of(db.AuditEntries.AsNoTracking())
            .Where(e => e.Id > after && e.Id <= end).OrderBy(e => e.Id).Take(Portion).ToListAsync(cancellationToken);
    }

    private static string LineOf(AuditEntry entry) => string.Join(
        ',',
        entry.Id.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        entry.ActorKind,
        CsvText.Cell(entry.Actor),
        CsvText.Cell(entry.Address),
        CsvText.Cell(entry.Action),
        CsvText.Cell(entry.Subject),
        CsvText.Cell(entry.Old),
        CsvText.Cell(entry.New),
        CsvText.Cell(entry.Reason),
        Convert.ToHexStringLower(entry.PreviousHash),
        Convert.ToHexStringLower(entry.Hash)) + CsvText.EndOfLine;
}
