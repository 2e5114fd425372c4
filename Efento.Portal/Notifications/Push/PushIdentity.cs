namespace Efento.Portal.Notifications.Push;

/// <summary>The pair of keys by which push services know this portal (VAPID, RFC 8292), made once. There is one row at most.</summary>
public sealed class PushIdentity
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>The key of the row.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>The public key: a point of P-256, uncompressed, in Base64 for URLs. Browsers subscribe with it.</summary>
    public required string PublicKey { get; set; }

    /// <summary>The private key, encrypted by data protection.</summary>
    public required string PrivateKey { get; set; }

    /// <summary>When they were made.</summary>
    public required DateTimeOffset MadeUtc { get; set; }
}
