using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Support;

/// <summary>A part in quarantine, its raw bytes readable again.</summary>
public sealed record QuarantinedPart(int TokenId, RejectReason Reason, RejectScope Scope, byte[] Raw, long Count)
{
    /// <summary>The raw bytes as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Raw);
}
