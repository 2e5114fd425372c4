using System.Runtime.InteropServices;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>
/// Gathers what is known about gaps: maintenance windows, when the logger was set to N, which gateway heard it, and when that gateway was
/// silent. Every look-up is by a key and ends after a fixed number of rows, so a long gap costs no more than a short one. The channels of
/// a logger share the evidence, because they usually have the same gaps.
/// </summary>
internal sealed class GapEvidenceReader(IEvidenceRows rows, LoggerDirectory loggers, ReceiptTimes receipts, long nowMs) : IDisposable
{
    /// <summary>The most messages of a gap that are searched for other loggers.</summary>
    private const int MostMessages = 50;

    private readonly Dictionary<(int LoggerId, long FromMs, long ToMs), GapEvidence> _known = [];

    private readonly GatewaySilence _silence = new(rows, receipts);

    /// <summary>What is known about a gap. Its readings without value come from the gap itself.</summary>
    public GapEvidence Of(MissingTime missing)
    {
        var series = missing.Section.Part.Series;
        var key = (series.LoggerId, missing.FromMs, missing.ToMs);
        if (!_known.TryGetValue(key, out var evidence))
        {
            _known[key] = evidence = Gather(series, missing);
        }

        return evidence with { WithoutValue = missing.WithoutValue };
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();

    private GapEvidence Gather(SeriesEntry series, MissingTime missing)
    {
        var gateway = GatewayOf(series, missing);
        return new GapEvidence
        {
            Maintenance = rows.ReadMaintenance(missing.FromMs, missing.ToMs),
            NotSynchronised = ReadUnsynchronised(series.LoggerId),
            GatewayOffline = gateway is { } id ? _silence.Read(id, missing.FromMs, missing.ToMs, nowMs) : [],
            OthersHeard = gateway is { } its
                ? ReadOthers(its, series.LoggerId, missing.FromMs + missing.Section.IntervalMs, missing.ToMs)
                : [],
        };
    }

    private List<Stretch> ReadUnsynchronised(int loggerId)
    {
        List<Stretch> times = [];
        long? since = null;
        foreach (var (atMs, isOn) in rows.ReadSynchroniseChanges(loggerId))
        {
            if (isOn && since is { } fromMs)
            {
                times.Add(new Stretch(fromMs, atMs));
            }

            since = isOn ? null : since ?? atMs;
        }

        return since is { } sinceMs ? [.. times, new Stretch(sinceMs, long.MaxValue)] : times;
    }

    /// <summary>
    /// The gateway that brought the last value before the gap, or else the first one after it. The ledger ends after 30 days: for older
    /// gaps it is the gateway that hears the logger now.
    /// </summary>
    private int? GatewayOf(SeriesEntry series, MissingTime missing) =>
        rows.GatewayOf(series, missing.FromMs) ?? rows.GatewayOf(series, missing.ToMs)
        ?? (loggers.TryGet(series.LoggerId, out var logger) ? logger.LastContact?.GatewayId : null);

    /// <summary>
    /// Messages of a gateway with other loggers but without this one. The search begins when the logger's next reading was due: a message
    /// before that proves nothing.
    /// </summary>
    private List<Stretch> ReadOthers(int gatewayId, int loggerId, long fromMs, long toMs)
    {
        List<Stretch> heard = [];
        foreach (var (id, loggersOf) in rows.ReadMessages(gatewayId, receipts.First(fromMs), receipts.First(toMs), MostMessages))
        {
            var others = MemoryMarshal.Cast<byte, int>(loggersOf);
            if (others.Length > 0 && !others.Contains(loggerId))
            {
                var atMs = receipts.ReceivedMs(id);
                heard.Add(new Stretch(atMs, atMs));
            }
        }

        return heard;
    }
}
