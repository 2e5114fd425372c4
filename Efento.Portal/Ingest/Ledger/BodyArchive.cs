using System.Diagnostics.CodeAnalysis;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest.Ledger;

/// <summary>
/// Keeps the last raw bodies of each gateway, and one example of every shape of body, which show what new firmware sends. Examples are
/// stored together with their message, bodies and counts some seconds later. Heartbeats whose JSON is in the history are not kept again.
/// </summary>
[SuppressMessage(
    "Design", "CA1001",
    Justification = "A last flush may be under way when services are disposed, and a semaphore nobody waits on by handle holds nothing.")]
internal sealed class BodyArchive(IOptionsMonitor<IngestOptions> options, TimeProvider time)
{
    /// <summary>Only the beginning of a larger body is kept, in bytes.</summary>
    public const int MostKept = 64 * 1024;

    /// <summary>The number of bodies deleted in one turn at the gate.</summary>
    private const int Portion = 50;

    /// <summary>Further shapes are not stored, so that a sender that invents fields can't fill the disk.</summary>
    private const int MostShapes = 500;

    /// <summary>The memory for bodies that are not written yet. Beyond it, only the newest body of each gateway waits.</summary>
    private const long MostBytesWaiting = 32 * 1024 * 1024;

    private readonly SemaphoreSlim _flushing = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Route, string Fingerprint), long> _newSightings = [];
    private readonly Dictionary<(string Route, ShapeFingerprint Shape), string> _fingerprints = [];
    private readonly HashSet<(string Route, string Fingerprint)> _known = [];
    private readonly Dictionary<int, Queue<WaitingBody>> _waiting = [];
    private long _waitingBytes;

    /// <summary>Loads the known shapes.</summary>
    public void Load(IEnumerable<(string Route, string Fingerprint)> known)
    {
        lock (_lock)
        {
            _known.UnionWith(known);
        }
    }

    /// <summary>Writes the example of a new shape in the message's transaction, and keeps the body after the commit.</summary>
    public void Observe(AppliedMessage applied)
    {
        var message = applied.Message;
        var key = (message.Route, Fingerprint: FingerprintOf(message));
        bool isNew;
        lock (_lock)
        {
            isNew = !_known.Contains(key) && _known.Count < MostShapes;
        }

        if (isNew)
        {
            applied.Transaction.Statements.InsertShape(
                key.Route, key.Fingerprint, FieldsOf(message), RawBytes.Compress(Kept(message.Body).Span), message.Body.Length,
                message.ReceivedMs);
        }

        applied.Transaction.Effects.OnCommit(() => Keep(message, applied.Id, applied.GatewayId ?? 0, key));
    }

    /// <summary>Writes the waiting bodies and counts. Those that can't be written wait for the next call.</summary>
    public async Task FlushAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            await FlushOnceAsync(gate, cancellationToken);
        }
        finally
        {
            _flushing.Release();
        }
    }

    private async Task FlushOnceAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        List<(int GatewayId, WaitingBody[] Bodies)> bodies;
        List<KeyValuePair<(string Route, string Fingerprint), long>> sightings;
        lock (_lock)
        {
            bodies = [.. _waiting.Where(g => g.Value.Count > 0).Select(g => (g.Key, g.Value.ToArray()))];
            sightings = [.. _newSightings.Where(s => s.Value > 0)];
        }

        // One gateway in each turn at the gate, compressed before the turn, so that no message waits for all of them.
        foreach (var (gatewayId, ofGateway) in bodies)
        {
            await FlushAsync(gate, gatewayId, ofGateway, cancellationToken);
        }

        if (bodies.Count > 0)
        {
            await KeepWithinAsync(gate, cancellationToken);
        }

        if (sightings.Count > 0)
        {
            await gate.WriteAsync(db => CountAsync(db, sightings, cancellationToken), cancellationToken);
            lock (_lock)
            {
                sightings.ForEach(s => _newSightings[s.Key] -= s.Value);
            }
        }
    }

    private async Task FlushAsync(WriteGate gate, int gatewayId, WaitingBody[] waiting, CancellationToken cancellationToken)
    {
        List<KeptBody> bodies =
        [
            .. waiting.Select(b => new KeptBody
            {
                GatewayId = gatewayId,
                MessageId = b.MessageId,
                Route = b.Route,
                Bytes = b.Bytes,
                Raw = RawBytes.Compress(b.Body.Span),
            }),
        ];
        await gate.WriteAsync(db => WriteAsync(db, gatewayId, bodies, cancellationToken), cancellationToken);
        lock (_lock)
        {
            var left = _waiting[gatewayId];
            while (left.TryPeek(out var oldest) && oldest.MessageId <= waiting[^1].MessageId)
            {
                Drop(left);
            }
        }
    }

    private async Task WriteAsync(PortalDbContext db, int gatewayId, List<KeptBody> bodies, CancellationToken cancellationToken)
    {
        // A commit that seemed to fail may have succeeded, so bodies that are already there are skipped.
        var ids = bodies.Select(b => b.MessageId).ToList();
        var present = await db.KeptBodies.Where(b => ids.Contains(b.MessageId)).Select(b => b.MessageId).ToListAsync(cancellationToken);
        db.KeptBodies.AddRange(bodies.Where(b => !present.Contains(b.MessageId)));
        await db.SaveChangesAsync(cancellationToken);
        var ofGateway = db.KeptBodies.Where(b => b.GatewayId == gatewayId);
        var oldest = await ofGateway.OrderByDescending(b => b.MessageId).Select(b => b.MessageId)
            .Skip(options.CurrentValue.RawBodiesPerGateway).FirstOrDefaultAsync(cancellationToken);
        await ofGateway.Where(b => b.MessageId <= oldest).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Deletes bodies so that the rest stays within the budget, in total and for each token.</summary>
    private async Task KeepWithinAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        List<KeptSize> kept;
        using (var lease = await gate.EnterAsync(cancellationToken))
        {
            await using var db = lease.CreateContext();
            kept = await db.KeptBodies
                .LeftJoin(
                    db.Gateways, body =>
                        body.GatewayId, gateway =>
                            gateway.Id, (body, gateway) => new { body.MessageId, TokenId = (int?)gateway!.TokenId, body.Raw.Length })
                .OrderBy(k => k.MessageId)
                .Select(k => new KeptSize(k.MessageId, k.TokenId ?? 0, k.Length)).ToListAsync(cancellationToken);
        }

        foreach (var ids in BodyBudget.Beyond(kept, options.CurrentValue.RawBodiesBytes).Chunk(Portion))
        {
            await gate.WriteAsync(
                db => db.KeptBodies.Where(b => ids.Contains(b.MessageId)).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task CountAsync(
        PortalDbContext db, List<KeyValuePair<(string Route, string Fingerprint), long>> sightings, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var ((route, fingerprint), count) in sightings)
        {
            await db.SeenShapes.Where(s => s.Route == route && s.Fingerprint == fingerprint)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.Count, s => s.Count + count).SetProperty(s => s.LastSeenUtc, now), cancellationToken);
        }
    }

    private void Keep(PendingMessage message, long id, int gatewayId, (string Route, string Fingerprint) shape)
    {
        lock (_lock)
        {
            if (_known.Contains(shape))
            {
                _newSightings[shape] = _newSightings.GetValueOrDefault(shape) + 1;
            }
            else if (_known.Count < MostShapes)
            {
                // Its row was written with a count of one.
                _known.Add(shape);
            }

            if (GatewayResolver.KeepsJson(message) && gatewayId != 0)
            {
                return;
            }

            if (!_waiting.TryGetValue(gatewayId, out var bodies))
            {
                _waiting[gatewayId] = bodies = [];
            }

            var body = Kept(message.Body);
            bodies.Enqueue(new WaitingBody(id, message.Route, body, message.Body.Length));
            _waitingBytes += body.Length;
            while (bodies.Count > options.CurrentValue.RawBodiesPerGateway || (bodies.Count > 1 && _waitingBytes > MostBytesWaiting))
            {
                Drop(bodies);
            }
        }
    }

    private void Drop(Queue<WaitingBody> bodies) => _waitingBytes -= bodies.Dequeue().Body.Length;

    private string FingerprintOf(PendingMessage message)
    {
        if (message.Measurements is not { } parsed)
        {
            return FieldsOf(message);
        }

        if (!_fingerprints.TryGetValue((message.Route, parsed.Shape), out var text))
        {
            text = $"{parsed.Shape.KnownFields:x32}{parsed.Shape.UnknownFields:x16}";
            if (_fingerprints.Count < MostShapes)
            {
                _fingerprints[(message.Route, parsed.Shape)] = text;
            }
        }

        return text;
    }

    private static string FieldsOf(PendingMessage message) =>
        string.Join('\n', BodyShape.Describe(Kept(message.Body), isCut: message.Body.Length > MostKept));

    /// <summary>A part is copied, so that it does not keep the whole body in memory.</summary>
    private static ReadOnlyMemory<byte> Kept(ReadOnlyMemory<byte> body) => body.Length <= MostKept ? body : body[..MostKept].ToArray();

    private readonly record struct WaitingBody(long MessageId, string Route, ReadOnlyMemory<byte> Body, long Bytes);
}
