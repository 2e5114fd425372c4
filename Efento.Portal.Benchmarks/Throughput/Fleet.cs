namespace Efento.Portal.Benchmarks.Throughput;

/// <summary>When the virtual fleet measures.</summary>
internal static class Fleet
{
    /// <summary>
    /// The first measurement under load; what was stored before is older. Late enough to be of use, early enough never to reach the
    /// present.
    /// </summary>
    public static readonly DateTime FirstMeasurementUtc = DateTime.UtcNow.Date.AddDays(-40);
}
