namespace Efento.Portal.Components.Pages.Account;

/// <summary>What a browser can do about Web Push (wwwroot-assets/src/push.ts).</summary>
/// <param name="Can">In one word.</param>
/// <param name="Endpoint">Where its push service takes messages for it; null if they are not turned on.</param>
/// <param name="Was">Where it took them when they were turned on last; null if they never were, or were turned off.</param>
public sealed record PushState(string Can, string? Endpoint, string? Was = null)
{
    /// <summary>The word of a browser that can be told.</summary>
    public const string Able = "yes";

    /// <summary>Whether it can be told.</summary>
    public bool IsAble => Can == Able;

    /// <summary>Whether its user does not let the portal show notifications.</summary>
    public bool IsDenied => Can == "denied";

    /// <summary>
    /// Whether messages were turned on and are off now: the browser ended them, or they go where the portal does not know.
    /// </summary>
    public bool HasEnded => Was is not null && Was != Endpoint;

    /// <summary>Whether the page was not loaded with HTTPS.</summary>
    public bool IsInsecure => Can == "insecure";
}

/// <summary>What came of turning messages on in a browser.</summary>
/// <param name="Endpoint">Where its push service takes messages for it.</param>
/// <param name="P256dh">Its public key.</param>
/// <param name="Auth">Its authentication secret.</param>
/// <param name="Browser">How it calls itself (User-Agent).</param>
/// <param name="IsDenied">Whether its user does not let the portal show notifications.</param>
/// <param name="Fault">What its push service said, if it refused.</param>
public sealed record PushAnswer(string? Endpoint, string? P256dh, string? Auth, string Browser, bool IsDenied, string? Fault);
