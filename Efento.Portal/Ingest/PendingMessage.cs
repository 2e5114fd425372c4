using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;

namespace Efento.Portal.Ingest;

/// <summary>A parsed message that waits for its commit.</summary>
internal sealed class PendingMessage
{
    private readonly TaskCompletionSource<IngestOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IngestOutcome? _decided;

    /// <summary>The token it came with.</summary>
    public required int TokenId { get; init; }

    /// <summary>The gateway's serial from the path or a header; null if neither contains it.</summary>
    public string? GatewaySerial { get; init; }

    /// <summary>The address it came from.</summary>
    public required string Address { get; init; }

    /// <summary>Whether it came over plain HTTP, so that anybody on the way could read its token.</summary>
    public bool IsPlainHttp { get; init; }

    /// <summary>The path it was posted to.</summary>
    public required string Route { get; init; }

    /// <summary>When its first byte arrived, Unix ms.</summary>
    public required long ReceivedMs { get; init; }

    /// <summary>The decompressed body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The measurements in the body; null for a heartbeat and for a message that is too large to be read.</summary>
    public ParsedMessage? Measurements { get; init; }

    /// <summary>The heartbeat in the body; null for measurements.</summary>
    public ParsedHeartbeat? Heartbeat { get; init; }

    /// <summary>The size of a message that was refused as too large, of which only a ledger line is stored.</summary>
    public long? RefusedBytes { get; init; }

    /// <summary>The compressed body, prepared for the quarantine if that takes too long for the writer; otherwise null.</summary>
    internal QuarantinePart? Whole { get; set; }

    /// <summary>The number of readings.</summary>
    public int ReadingCount => Measurements?.Params.Count ?? 0;

    /// <summary>The outcome. The task completes after the commit, when the message has left the queue.</summary>
    public Task<IngestOutcome> Outcome => _outcome.Task;

    /// <summary>Whether the outcome is known.</summary>
    public bool IsDecided => _decided is not null;

    /// <summary>Sets the outcome unless it is already set.</summary>
    public void Decide(IngestOutcome outcome) => _decided ??= outcome;

    /// <summary>Completes the waiting request with the outcome.</summary>
    public void Complete() => _outcome.TrySetResult(_decided!);
}

/// <summary>The outcome of a message.</summary>
/// <param name="Refusal">Why the gateway has to send it again later (503); null if it is stored.</param>
/// <param name="Answers">The handles with their loggers' flags: true is Y.</param>
internal sealed record IngestOutcome(string? Refusal, IReadOnlyList<(long Handle, bool Synchronise)> Answers)
{
    /// <summary>Stored, without flags in the reply.</summary>
    public static readonly IngestOutcome Stored = new(null, []);

    /// <summary>Not stored: the gateway has to send it again later.</summary>
    public static IngestOutcome Later(string why) => new(why, []);
}
