using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>Identifies an item as a user saw it. An action on an item that has changed or disappeared since is not carried out.</summary>
/// <param name="Id">The item.</param>
/// <param name="Hash">SHA-256 of its raw bytes, in hex.</param>
/// <param name="Reason">Why it was set aside.</param>
public readonly record struct QuarantineKey(int Id, string Hash, RejectReason Reason)
{
    internal bool Is(QuarantineItem item) => item.Id == Id && item.Reason == Reason && Convert.ToHexString(item.Hash) == Hash;
}

/// <summary>An item of the quarantine for display.</summary>
/// <param name="Key">The item and its present state.</param>
/// <param name="Scope">The scope of the part.</param>
/// <param name="GatewayId">The gateway it came from; null if unknown.</param>
/// <param name="GatewayName">The name of that gateway.</param>
/// <param name="TokenName">The name of the token it came with.</param>
/// <param name="MessageId">The first message it came in.</param>
/// <param name="KeptBytes">Its compressed size.</param>
/// <param name="Count">How often it came.</param>
/// <param name="FirstUtc">When it came for the first time.</param>
/// <param name="LastUtc">When it came for the last time.</param>
/// <param name="ReadAgainUtc">When it was read again; null if it was not.</param>
public sealed record QuarantineLine(
    QuarantineKey Key,
    RejectScope Scope,
    int? GatewayId,
    string? GatewayName,
    string? TokenName,
    long MessageId,
    long KeptBytes,
    int Count,
    DateTimeOffset FirstUtc,
    DateTimeOffset LastUtc,
    DateTimeOffset? ReadAgainUtc);

/// <summary>An item together with its raw bytes.</summary>
/// <param name="Line">The item.</param>
/// <param name="Raw">Its raw bytes; null if it was read again.</param>
internal sealed record QuarantineDetails(QuarantineLine Line, RawText? Raw);

/// <summary>A page of items, newest first.</summary>
/// <param name="Lines">The items.</param>
/// <param name="Before">The cursor of the next, older page; null if there is none.</param>
internal sealed record QuarantineList(IReadOnlyList<QuarantineLine> Lines, int? Before);
