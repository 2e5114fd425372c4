using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>What is set aside once, instead of part by part, of a message or portion that has much to set aside.</summary>
/// <param name="Scope">A whole body, or records of it.</param>
/// <param name="Offset">Where it begins in the body, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
internal readonly record struct Extent(RejectScope Scope, int Offset, int Length)
{
    /// <summary>All of a message.</summary>
    public static Extent Of(PendingMessage message) => new(RejectScope.Body, 0, message.Body.Length);

    /// <summary>It as it is set aside.</summary>
    public Reject As(RejectReason reason) => new(Scope, reason, Offset, Length);
}
