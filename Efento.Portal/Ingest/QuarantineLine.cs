using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>An item as somebody has seen it: an action on one that has become another since, or is gone, is not done.</summary>
/// <param name="Id">The item.</param>
/// <param name="Hash">SHA-256 of its raw bytes, in hex.</param>
/// <param name="Reason">Why it was set aside.</param>
public readonly record struct QuarantineKey(int Id, string Hash, RejectReason Reason)
{
    internal bool Is(QuarantineItem item) => item.Id == Id && item.Reason == Reason && Convert.ToHexString(item.Hash) == Hash;
}

/// <summary>An item of the quarantine as it is shown.</summary>
/// <param name="Key">The item as it is now.</param>
/// <param name="Scope">How much of the message it took away.</param>
/// <param name="GatewayId">The gateway it came from, if that is known.</param>
/// <param name="GatewayName">What people call that gateway.</param>
/// <param name="TokenName">What people call the token it came with.</param>
/// <param name="MessageId">The first message it came in.</param>
/// <param name="KeptBytes">The room it takes, compressed.</param>
/// <param name="Count">How often it came.</param>
/// <param name="FirstUtc">The first time.</param>
/// <param name="LastUtc">The last time.</param>
/// <param name="ReadAgainUtc">When it was read again; null while it was not.</param>
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

/// <summary>An item with its raw bytes in sight.</summary>
/// <param name="Line">The item.</param>
/// <param name="Raw">Its raw bytes; null once it was read again.</param>
public sealed record QuarantineDetails(QuarantineLine Line, RawText? Raw);

/// <summary>A part of the list, newest first.</summary>
/// <param name="Lines">The items.</param>
/// <param name="Before">Where older ones begin; null if there are none.</param>
public sealed record QuarantineList(IReadOnlyList<QuarantineLine> Lines, int? Before);
