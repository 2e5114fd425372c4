using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest.Ledger;

/// <summary>
/// Downloads of what gateways send: the last raw bodies of a gateway, and every shape of body with an example. Serials are replaced by
/// pseudonyms, so that the files can be shared. Of a large body, a file contains the beginning, and says so.
/// </summary>
internal sealed class BodyDownloads(
    IDbContextFactory<PortalDbContext> database, BodyArchive archive, ReceiptTimes receipts, WriteGate gate,
    IOptionsMonitor<IngestOptions> options)
{
    /// <summary>The route of a gateway's last bodies.</summary>
    public const string BodiesRoute = "/downloads/gateways/{id:int}/bodies.json";

    /// <summary>The route of the shapes.</summary>
    public const string ShapesRoute = "/downloads/body-shapes.json";

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The last bodies of a gateway, newest first.</summary>
    public async Task<IResult> BodiesAsync(int id, CancellationToken cancellationToken)
    {
        await archive.FlushAsync(gate, cancellationToken);
        return File($"gateway-{id}-bodies.json", ReadBodiesAsync(id, cancellationToken));
    }

    /// <summary>Every shape, newest first.</summary>
    public async Task<IResult> ShapesAsync(CancellationToken cancellationToken)
    {
        await archive.FlushAsync(gate, cancellationToken);
        return File("body-shapes.json", ReadShapesAsync(cancellationToken));
    }

    /// <summary>Reads one body at a time: they are not all in memory, and a slow download holds no transaction.</summary>
    private async IAsyncEnumerable<object> ReadBodiesAsync(int gatewayId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in await LastAsync(gatewayId, cancellationToken))
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            if (await FindAsync(db, id, cancellationToken) is { } body)
            {
                yield return body;
            }
        }
    }

    private async Task<List<long>> LastAsync(int gatewayId, CancellationToken cancellationToken)
    {
        var most = options.CurrentValue.RawBodiesPerGateway;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var kept = await db.KeptBodies.Where(b => b.GatewayId == gatewayId)
            .OrderByDescending(b => b.MessageId)
            .Take(most)
            .Select(b => b.MessageId)
            .ToListAsync(cancellationToken);
        var heartbeats = await db.Heartbeats.Where(h => h.GatewayId == gatewayId && h.Json != "")
            .OrderByDescending(h => h.MessageId)
            .Take(most)
            .Select(h => h.MessageId)
            .ToListAsync(cancellationToken);
        return [.. kept.Union(heartbeats).OrderDescending().Take(most)];
    }

    private async Task<object?> FindAsync(PortalDbContext db, long id, CancellationToken cancellationToken)
    {
        if (await db.KeptBodies.AsNoTracking().SingleOrDefaultAsync(b => b.MessageId == id, cancellationToken) is { } kept)
        {
            return Shown(id, kept.Route, KeptPart.Of(kept.Raw, kept.Bytes));
        }

        if (await db.Heartbeats.AsNoTracking().SingleOrDefaultAsync(h => h.MessageId == id, cancellationToken) is not { } heartbeat)
        {
            return null;
        }

        var route = await db.Messages.Where(m => m.Id == id).Select(m => m.Route).SingleOrDefaultAsync(cancellationToken);
        return Shown(id, route ?? GatewayRoutes.Heartbeats[0], new KeptPart(Encoding.UTF8.GetBytes(heartbeat.Json), null));
    }

    private object Shown(long id, string route, KeptPart body) =>
        new { ReceivedAt = receipts.ReceivedAtUtc(id), Route = route, body.Bytes, body.IsCut, Body = body.Text };

    private async IAsyncEnumerable<object> ReadShapesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<int> ids;
        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            ids = await db.SeenShapes.OrderByDescending(s => s.Id).Select(s => s.Id).ToListAsync(cancellationToken);
        }

        foreach (var id in ids)
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var shape = await db.SeenShapes.AsNoTracking().SingleAsync(s => s.Id == id, cancellationToken);
            var example = KeptPart.Of(shape.Example, shape.ExampleBytes);
            yield return new
            {
                shape.Route,
                shape.Count,
                FirstSeen = shape.FirstSeenUtc,
                LastSeen = shape.LastSeenUtc,
                Fields = shape.Fields.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                example.Bytes,
                example.IsCut,
                Example = example.Text,
            };
        }
    }

    private static IResult File(string name, IAsyncEnumerable<object> items) =>
        Results.Stream(file => JsonSerializer.SerializeAsync(file, items, Readable), "application/json", name);

    /// <summary>A body, or the beginning of a large one.</summary>
    /// <param name="Raw">The bytes that are kept.</param>
    /// <param name="Whole">The size of the whole body in bytes; null if all of it is kept.</param>
    private sealed record KeptPart(byte[] Raw, long? Whole)
    {
        public bool IsCut => Whole > Raw.Length;

        public long Bytes => Whole ?? Raw.Length;

        public string Text => Encoding.UTF8.GetString(BodyAnonymiser.Anonymise(Raw, IsCut));

        /// <summary>Reads a kept body. Earlier versions kept whole bodies; of those, the beginning is shown as well.</summary>
        public static KeptPart Of(byte[] compressed, long bytes)
        {
            using var raw = RawBytes.Open(compressed);
            var first = new byte[BodyArchive.MostKept];
            var length = raw.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            var rest = 0L;
            if (bytes == 0)
            {
                var more = new byte[BodyArchive.MostKept];
                while (raw.Read(more) is > 0 and var read)
                {
                    rest += read;
                }
            }

            return new(first[..length], Math.Max(bytes, length + rest));
        }
    }
}
