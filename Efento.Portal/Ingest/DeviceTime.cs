using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest;

/// <summary>
/// Derives the present time from the loggers' own clocks. Gateways set these clocks, so they may be right when the server's clock is wrong
/// (docs/decisions/0096).
/// </summary>
internal sealed class DeviceTime(LoggerDirectory loggers, ReceiptTimes receipts)
{
    /// <summary>The number of loggers that together confirm a time; fewer if there are fewer.</summary>
    private const int Several = 3;

    /// <summary>Times of measurement and receipt that are further apart than this contradict each other.</summary>
    internal static readonly TimeSpan Disagreement = TimeSpan.FromDays(2);

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>The state of the clocks of the loggers heard in the hour before <paramref name="nowMs"/> (Unix ms).</summary>
    public DeviceWord Read(long nowMs)
    {
        List<(long MeasuredMs, long DelayMs)> heard = [];
        var known = 0;
        foreach (var logger in loggers.All)
        {
            known++;
            if (logger.LastContact is { } contact && receipts.ReceivedMs(contact.MessageId) is var receivedMs
                && receivedMs > nowMs - (long)Window.TotalMilliseconds && receivedMs <= nowMs + (long)Slack.TotalMilliseconds)
            {
                heard.Add((contact.MeasuredAtMs, receivedMs - contact.MeasuredAtMs));
            }
        }

        var enough = Math.Min(Several, known);
        if (enough == 0 || heard.Count < enough)
        {
            return new DeviceWord(null, 0, []);
        }

        var confirmed = heard.Select(h => h.MeasuredMs).OrderDescending().ElementAt(enough - 1);
        long[] delays = [.. heard.Select(h => h.DelayMs).Order()];
        return new DeviceWord(Math.Min(nowMs, confirmed), delays[delays.Length / 2], delays);
    }
}

/// <summary>What the clocks of several loggers show.</summary>
/// <param name="ConfirmedMs">
/// A time that has certainly passed, as several loggers confirm, Unix ms; null if too few loggers were heard.
/// </param>
/// <param name="UsualDelayMs">The median time between measurement and receipt of their newest records, in ms.</param>
/// <param name="DelaysMs">The same time for each logger.</param>
internal sealed record DeviceWord(long? ConfirmedMs, long UsualDelayMs, IReadOnlyList<long> DelaysMs)
{
    /// <summary>
    /// Whether most records arrived more than <see cref="DeviceTime.Disagreement"/> later or earlier than they were measured.
    /// </summary>
    /// <param name="acceptedDelayMs">The delay that a person has confirmed, in ms; null if none.</param>
    public bool Disagrees(long? acceptedDelayMs)
    {
        var most = (long)DeviceTime.Disagreement.TotalMilliseconds;
        return 2 * DelaysMs.Count(d => Math.Abs(d) > most && Math.Abs(d - (acceptedDelayMs ?? 0)) > most) > DelaysMs.Count;
    }
}
