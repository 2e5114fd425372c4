using System.Runtime.InteropServices;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// Gathers what is known of gaps: maintenance windows, when a logger was set to N, and which gateway heard it and when that was heard itself. All
/// by keys, and no more than a number of rows a gap, however long it is.
/// </summary>
internal sealed class GapEvidenceReader(SqliteConnection connection, LoggerDirectory loggers, ReceiptTimes receipts, long nowMs) : IDisposable
{
    /// <summary>Messages with readings that are looked at for other loggers.</summary>
    private const int MostMessages = 50;

    private readonly Dictionary<(int LoggerId, long FromMs, long ToMs), GapEvidence> _known = [];

    private readonly SqliteStatement _windows = new(connection,
        "SELECT from_utc, until_utc FROM maintenance_window WHERE until_utc > from_utc AND from_utc < ?2 AND until_utc > ?1 ORDER BY from_utc");

    private readonly SqliteStatement _flags = new(connection,
        "SELECT at_utc, synchronise FROM synchronise_change WHERE logger_id = ? ORDER BY at_utc, id");

    private readonly SqliteStatement _gatewayOfReading = new(connection,
        "SELECT m.gateway_id FROM reading r JOIN message m ON m.id = r.message_id WHERE r.quarter = ? AND r.series_id = ? AND r.measured_at = ?");

    private readonly GatewaySilence _silence = new(connection, receipts);

    private readonly SqliteStatement _messages = new(connection,
        $"""
        SELECT id, loggers FROM message
        WHERE gateway_id = ?1 AND id BETWEEN ?2 AND ?3 AND earliest_measured_at IS NOT NULL ORDER BY id LIMIT {MostMessages}
        """);

    /// <summary>What is known of a gap but for readings without value, which the gap itself knows.</summary>
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
    public void Dispose()
    {
        foreach (var owned in (IDisposable[])[_windows, _flags, _gatewayOfReading, _silence, _messages, connection])
        {
            owned.Dispose();
        }
    }

    private GapEvidence Gather(SeriesEntry series, MissingTime missing)
    {
        var gateway = GatewayOf(series, missing);
        return new GapEvidence
        {
            Maintenance = ReadWindows(missing.FromMs, missing.ToMs),
            NotSynchronised = ReadUnsynchronised(series.LoggerId),
            GatewayOffline = gateway is { } id ? _silence.Read(id, missing.FromMs, missing.ToMs, nowMs) : [],
            OthersHeard = gateway is { } its ? ReadOthers(its, series.LoggerId, missing.FromMs + missing.Section.IntervalMs, missing.ToMs) : [],
        };
    }

    private List<Stretch> ReadWindows(long fromMs, long toMs)
    {
        List<Stretch> windows = [];
        _windows.Bind(1, fromMs).Bind(2, toMs);
        while (_windows.Read())
        {
            windows.Add(new Stretch(_windows.GetInt64(0), _windows.GetInt64(1)));
        }

        return windows;
    }

    private List<Stretch> ReadUnsynchronised(int loggerId)
    {
        List<Stretch> times = [];
        long? since = null;
        _flags.Bind(1, loggerId);
        while (_flags.Read())
        {
            var (atMs, isOn) = (_flags.GetInt64(0), _flags.GetInt64(1) != 0);
            if (isOn && since is { } fromMs)
            {
                times.Add(new Stretch(fromMs, atMs));
            }

            since = isOn ? null : since ?? atMs;
        }

        return since is { } sinceMs ? [.. times, new Stretch(sinceMs, long.MaxValue)] : times;
    }

    /// <summary>The gateway the last reading before came through, or the first one after; the one that hears the logger now where the ledger is over.</summary>
    private int? GatewayOf(SeriesEntry series, MissingTime missing) =>
        GatewayOfReading(series, missing.FromMs) ?? GatewayOfReading(series, missing.ToMs)
        ?? (loggers.TryGet(series.LoggerId, out var logger) ? logger.LastContact?.GatewayId : null);

    private int? GatewayOfReading(SeriesEntry series, long measuredAtMs)
    {
        _gatewayOfReading.Bind(1, SqliteReadingStore.Quarter(measuredAtMs)).Bind(2, series.Id).Bind(3, measuredAtMs);
        var gateway = _gatewayOfReading.Read() ? (int?)_gatewayOfReading.GetDouble(0) : null;
        _gatewayOfReading.Reset();
        return gateway;
    }

    /// <summary>Messages without this logger, from when on its next reading was due.</summary>
    private List<Stretch> ReadOthers(int gatewayId, int loggerId, long fromMs, long toMs)
    {
        List<Stretch> heard = [];
        _messages.Bind(1, gatewayId).Bind(2, receipts.First(fromMs)).Bind(3, receipts.First(toMs));
        while (_messages.Read())
        {
            var others = MemoryMarshal.Cast<byte, int>(_messages.GetBytes(1));
            if (others.Length > 0 && !others.Contains(loggerId))
            {
                var atMs = receipts.ReceivedMs(_messages.GetInt64(0));
                heard.Add(new Stretch(atMs, atMs));
            }
        }

        return heard;
    }
}
