using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>
/// Downloads of what gateways really send: the last raw bodies of each, and every shape of body with an example. Serials are replaced by
/// stand-ins, so that a file can be shown to somebody else.
/// </summary>
internal sealed class BodyDownloads(IDbContextFactory<PortalDbContext> database, BodyArchive archive, ReceiptTimes receipts, WriteGate gate)
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
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var kept = await db.KeptBodies.AsNoTracking().Where(b => b.GatewayId == id).OrderByDescending(b => b.MessageId).ToListAsync(cancellationToken);
        return File($"gateway-{id}-bodies.json", kept.Select(b => new
        {
            ReceivedAt = receipts.ReceivedAtUtc(b.MessageId),
            b.Route,
            Body = Shown(b.Raw),
        }));
    }

    /// <summary>Every shape, newest first.</summary>
    public async Task<IResult> ShapesAsync(CancellationToken cancellationToken)
    {
        await archive.FlushAsync(gate, cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var shapes = await db.SeenShapes.AsNoTracking().OrderByDescending(s => s.Id).ToListAsync(cancellationToken);
        return File("body-shapes.json", shapes.Select(s => new
        {
            s.Route,
            s.Count,
            FirstSeen = s.FirstSeenUtc,
            LastSeen = s.LastSeenUtc,
            Fields = s.Fields.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Example = Shown(s.Example),
        }));
    }

    private static IResult File<T>(string name, IEnumerable<T> items) =>
        Results.File(JsonSerializer.SerializeToUtf8Bytes(items, Readable), "application/json", name);

    private static string Shown(byte[] raw) => Encoding.UTF8.GetString(BodyAnonymiser.Anonymise(Quarantine.Decompress(raw)));
}
