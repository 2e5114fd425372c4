using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>A message that was read and waits for the commit that holds it.</summary>
public sealed class PendingMessage
{
    private readonly TaskCompletionSource<IngestOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IngestOutcome? _decided;

    /// <summary>The token it came with.</summary>
    public required int TokenId { get; init; }

    /// <summary>The gateway's serial as the path or a header told it; null if neither did.</summary>
    public string? GatewaySerial { get; init; }

    /// <summary>The address it came from.</summary>
    public required string Address { get; init; }

    /// <summary>Whether it came over plain HTTP, its token to be read by anybody on the way.</summary>
    public bool IsPlainHttp { get; init; }

    /// <summary>The path it was posted to.</summary>
    public required string Route { get; init; }

    /// <summary>When its first byte was there, Unix ms.</summary>
    public required long ReceivedMs { get; init; }

    /// <summary>The body, inflated.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What the body says; null for a heartbeat and for a message too large to be read.</summary>
    public ParsedMessage? Measurements { get; init; }

    /// <summary>What the body says; null unless it is a heartbeat.</summary>
    public ParsedHeartbeat? Heartbeat { get; init; }

    /// <summary>The size of a message that was refused because it is too large: it is noted in the ledger, nothing else.</summary>
    public long? RefusedBytes { get; init; }

    /// <summary>The whole of it made ready for the quarantine where that takes long: it must not hold up the writer. Null if it is not.</summary>
    internal QuarantinePart? Whole { get; set; }

    /// <summary>How many readings it holds.</summary>
    public int ReadingCount => Measurements?.Params.Count ?? 0;

    /// <summary>What became of it, after the commit and after it has left the queue.</summary>
    public Task<IngestOutcome> Outcome => _outcome.Task;

    /// <summary>Whether it is known what became of it.</summary>
    public bool IsDecided => _decided is not null;

    /// <summary>Notes what became of it; the first word stands.</summary>
    public void Decide(IngestOutcome outcome) => _decided ??= outcome;

    /// <summary>Tells the waiting request what was decided.</summary>
    public void Tell() => _outcome.TrySetResult(_decided!);
}

/// <summary>What became of a message.</summary>
/// <param name="Refusal">Why it must come again later (503); null if it is stored.</param>
/// <param name="Answers">Each handle once, with its logger's flag: Y is true.</param>
public sealed record IngestOutcome(string? Refusal, IReadOnlyList<(long Handle, bool Synchronise)> Answers)
{
    /// <summary>Stored, with nothing to answer per logger.</summary>
    public static readonly IngestOutcome Stored = new(null, []);

    /// <summary>Not stored: the gateway shall send it again later.</summary>
    public static IngestOutcome Later(string why) => new(why, []);
}
