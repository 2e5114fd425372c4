namespace Efento.Portal.Notifications.Watching;

/// <summary>Why the portal does not watch.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="More">What is known of it, in English; empty if nothing is.</param>
public sealed record WatchFault(WatchFaultKind Kind, string More);

/// <summary>What can keep the portal from watching.</summary>
public enum WatchFaultKind : byte
{
    /// <summary>Readings are not judged, or not yet.</summary>
    Judging,

    /// <summary>Nobody looks for loggers and gateways that are silent.</summary>
    Standing,

    /// <summary>What gateways send is refused.</summary>
    Refusing,

    /// <summary>Nothing can be written.</summary>
    Store,
}
