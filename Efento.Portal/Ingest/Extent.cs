using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>A part of a body that is set aside as a whole, because too many small parts of it would have to be set aside.</summary>
/// <param name="Scope">A whole body, or records.</param>
/// <param name="Offset">The start in the body, in bytes.</param>
/// <param name="Length">The length in bytes.</param>
internal readonly record struct Extent(RejectScope Scope, int Offset, int Length)
{
    /// <summary>The whole message.</summary>
    public static Extent Of(PendingMessage message) => new(RejectScope.Body, 0, message.Body.Length);

    /// <summary>The reject for this part.</summary>
    public Reject As(RejectReason reason) => new(Scope, reason, Offset, Length);
}
