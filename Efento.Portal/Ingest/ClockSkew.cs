using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>Judges the time of a measurement against the server's clock. Times are Unix ms (UTC).</summary>
public static class ClockSkew
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);

    /// <summary>Why a measurement is set aside for its time, or null if it is not.</summary>
    public static RejectReason? Judge(long measuredAtMs, long nowMs, IngestOptions options) =>
        measuredAtMs - nowMs > options.ClockSkewAhead.TotalMilliseconds ? RejectReason.TimeAhead
        : measuredAtMs < options.ClockSkewEarliest.ToUnixTimeMilliseconds() ? RejectReason.TimeTooOld
        : null;

    /// <summary>Whether a measurement is ahead of the clock by more than 5 minutes.</summary>
    /// <param name="measuredAtMs">When it was measured.</param>
    /// <param name="nowMs">The server's clock.</param>
    public static bool IsAhead(long measuredAtMs, long nowMs) => measuredAtMs - nowMs > (long)Tolerated.TotalMilliseconds;
}
