namespace Efento.Portal.Access;

/// <summary>Who changes something, as written in the audit trail.</summary>
/// <param name="Kind">The kind of actor.</param>
/// <param name="Name">A person's e-mail address, a token's name, a command.</param>
/// <param name="Address">The IP address they came from; null for commands and the portal itself.</param>
/// <param name="UserId">The person's account; null for others.</param>
public sealed record Actor(ActorKind Kind, string Name, string? Address = null, int? UserId = null)
{
    /// <summary>The portal itself: set-up by settings, retention, expiry.</summary>
    public static Actor Portal { get; } = new(ActorKind.Portal, "Efento Portal");

    /// <summary>A command on the portal's own machine.</summary>
    public static Actor Command { get; } = new(ActorKind.Command, "command line");
}

/// <summary>The kinds of actors.</summary>
public enum ActorKind : byte
{
    /// <summary>The portal itself.</summary>
    Portal,

    /// <summary>A user who is signed in, or who tries to sign in.</summary>
    Person,

    /// <summary>A program with an API token.</summary>
    ApiToken,

    /// <summary>A command on the portal's own machine.</summary>
    Command,

    /// <summary>Somebody with the link of a message, which is bound to them.</summary>
    Link,
}
