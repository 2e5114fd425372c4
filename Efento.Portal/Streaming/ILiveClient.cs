namespace Efento.Portal.Streaming;

/// <summary>
/// The calls of the live hub to its clients. The method names are part of the protocol, which docs/live-hub.md describes for other
/// programs.
/// </summary>
public interface ILiveClient
{
    /// <summary>
    /// Sends the complete state: at the start, and again when the client's rights change. It replaces everything that was sent before.
    /// </summary>
    Task Snapshot(LiveSnapshot snapshot);

    /// <summary>Sends what changed since the last message.</summary>
    Task Changed(LiveChange change);

    /// <summary>Tells the client every ten seconds, whatever else is sent, that the connection works.</summary>
    /// <param name="at">The portal's time.</param>
    Task Beat(DateTimeOffset at);

    /// <summary>Tells what concerns every point; only boards receive it, first after the snapshot.</summary>
    Task Notice(LiveNotice notice);

    /// <summary>
    /// Tells a board whether it sounds when a critical alarm begins: after the first snapshot, and when an administrator changes it for its
    /// screen.
    /// </summary>
    Task Sound(bool isOn);

    /// <summary>Tells the client that nothing more will come, because the link, the session or the token has ended.</summary>
    Task Ended();
}
