using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>
/// The store that ranges, gaps and device histories are read from. Each object it opens has a connection of its own until it is disposed,
/// and may be used by one thread at a time.
/// </summary>
internal interface IRangeStore
{
    /// <summary>Opens the readings and rollups of series.</summary>
    internal ISegmentRows OpenPieces();

    /// <summary>Opens the facts that explain gaps.</summary>
    internal IEvidenceRows OpenEvidence();

    /// <summary>Opens what loggers reported about themselves.</summary>
    internal IDeviceRows OpenDevices();
}
