namespace Efento.Portal.Streaming;

/// <summary>What the live hub calls on whoever is connected; the names are those on the wire. docs/live-hub.md describes them for other programs.</summary>
public interface ILiveClient
{
    /// <summary>Everything as it stands: first of all, and again when what may be seen changed. It takes the place of all that was told before.</summary>
    Task Snapshot(LiveSnapshot snapshot);

    /// <summary>What is different since.</summary>
    Task Changed(LiveChange change);

    /// <summary>Nothing more than that the portal is there: every ten seconds, whatever else is told.</summary>
    /// <param name="at">The portal's time.</param>
    Task Beat(DateTimeOffset at);

    /// <summary>Nothing more will come: the link, the session or the token is over.</summary>
    Task Ended();
}
