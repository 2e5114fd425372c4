using System.Security.Cryptography;
using System.Text.Json;

namespace Efento.Portal.Access.Audit;

/// <summary>The hash that chains the entries of the audit trail; docs/security.md says how to compute it with other tools.</summary>
internal static class AuditHash
{
    /// <summary>The hash before the first entry.</summary>
    public static byte[] Beginning { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>
    /// SHA-256 of the previous hash followed by the UTF-8 bytes of a JSON array: id, Unix ms, actor kind (number), actor, address, action,
    /// subject, old, new, reason; missing values are null.
    /// </summary>
    public static byte[] Of(AuditEntry entry) => SHA256.HashData(
    [
        .. entry.PreviousHash,
        .. JsonSerializer.SerializeToUtf8Bytes<object?[]>(
        [
            entry.Id, entry.AtMs, (int)entry.ActorKind, entry.Actor, entry.Address, entry.Action, entry.Subject, entry.Old, entry.New,
            entry.Reason,
        ]),
    ]);
}
