namespace Efento.Portal.Notifications.Push;

/// <summary>
/// A browser in which somebody wants to be told of alarms by Web Push. Its push service sends to it what only it can decrypt, and takes
/// messages of this portal alone (<see cref="PushIdentity"/>).
/// </summary>
public sealed class PushDevice
{
    /// <summary>The most letters of a name.</summary>
    public const int MostLetters = 100;

    /// <summary>The most that an account has.</summary>
    public const int MostOfAnAccount = 5;

    /// <summary>The key of the row.</summary>
    public int Id { get; init; }

    /// <summary>The account.</summary>
    public required int UserId { get; set; }

    /// <summary>Its name, such as "Chrome on Android", in the language of its owner when it was added.</summary>
    public required string Name { get; set; }

    /// <summary>Where its push service takes messages for it; an address of HTTPS.</summary>
    public required string Endpoint { get; set; }

    /// <summary>Its public key: a point of P-256, uncompressed, in Base64 for URLs.</summary>
    public required string P256dh { get; set; }

    /// <summary>Its authentication secret: 16 bytes in Base64 for URLs.</summary>
    public required string Auth { get; set; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset MadeUtc { get; init; }

    /// <summary>When its push service last took a message; null if it never did.</summary>
    public DateTimeOffset? SucceededUtc { get; set; }

    /// <summary>When its owner last sent a test message to it; null if they never did.</summary>
    public DateTimeOffset? TestedUtc { get; set; }
}
