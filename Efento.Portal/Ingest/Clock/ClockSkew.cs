using Efento.Portal.Configuration;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest.Clock;

/// <summary>Compares times of measurement with the server's clock. Times are Unix ms (UTC).</summary>
internal static class ClockSkew
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);

    /// <summary>Why the time of a measurement is not accepted; null if it is.</summary>
    public static RejectReason? Judge(long measuredAtMs, long nowMs, IngestOptions options) =>
        measuredAtMs - nowMs > options.ClockSkewAhead.TotalMilliseconds ? RejectReason.TimeAhead
        : measuredAtMs < options.ClockSkewEarliest.ToUnixTimeMilliseconds() ? RejectReason.TimeTooOld
        : null;

    /// <summary>Whether a measurement is ahead of the clock by more than 5 minutes.</summary>
    /// <param name="measuredAtMs">When it was measured.</param>
    /// <param name="nowMs">The server's clock.</param>
    public static bool IsAhead(long measuredAtMs, long nowMs) => measuredAtMs - nowMs > (long)Tolerated.TotalMilliseconds;
}
