using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest;

/// <summary>
/// What the loggers' own clocks say of the present: their gateways set them, so that they are right when the server's is not. Decision 0096 tells
/// more.
/// </summary>
public sealed class DeviceTime(LoggerDirectory loggers, ReceiptTimes receipts)
{
    /// <summary>So many loggers together confirm a time; fewer where there are fewer.</summary>
    private const int Several = 3;

    /// <summary>Further apart, received and measured contradict each other.</summary>
    internal static readonly TimeSpan Disagreement = TimeSpan.FromDays(2);

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>What the loggers heard in the hour before <paramref name="nowMs"/> (Unix ms) say.</summary>
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

/// <summary>What several loggers say of the present.</summary>
/// <param name="ConfirmedMs">A time that is past, as several loggers confirm, Unix ms; null if too few were heard.</param>
/// <param name="UsualDelayMs">How much later than measured their newest records came, in ms: the median.</param>
/// <param name="DelaysMs">That of each.</param>
public sealed record DeviceWord(long? ConfirmedMs, long UsualDelayMs, IReadOnlyList<long> DelaysMs)
{
    /// <summary>Whether most came by more than <see cref="DeviceTime.Disagreement"/> later or earlier than they were measured.</summary>
    /// <param name="acceptedDelayMs">What a person has confirmed, in ms; null for none.</param>
    public bool Disagrees(long? acceptedDelayMs)
    {
        var most = (long)DeviceTime.Disagreement.TotalMilliseconds;
        return 2 * DelaysMs.Count(d => Math.Abs(d) > most && Math.Abs(d - (acceptedDelayMs ?? 0)) > most) > DelaysMs.Count;
    }
}
