using System.Globalization;
using System.Reflection;
using Efento.Portal.Measurements;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// The server's clock, and whether it can be right: a clock behind the newest received message or the program's build date would
/// misdate everything, so gateways are asked to wait until it is set or somebody accepts it (<see cref="ClockDesk"/>).
/// </summary>
public sealed class ServerClock(TimeProvider time, ReceiptTimes receipts, IOptionsMonitor<IngestOptions> options)
{
    /// <summary>After a smaller step back ids wait for the clock, and no message is dated wrongly by more.</summary>
    internal static readonly TimeSpan Slight = TimeSpan.FromMinutes(1);

    private static readonly DateTimeOffset BuildDateUtc = DateTimeOffset.ParseExact(
        typeof(ServerClock).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BuildDateUtc").Value!,
        "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>No clock that is right can be after this: ids made by it would leave too few for the years to come.</summary>
    private static readonly DateTimeOffset LatestUtc = BuildDateUtc.AddYears(20);

    private readonly Lock _lock = new();
    private long _lastMessageId;
    private long? _behindSince;

    /// <summary>No clock that is right can be before this. The default is the program's build date; the demo begins its past earlier.</summary>
    internal DateTimeOffset EarliestUtc { private get; init; } = BuildDateUtc;

    /// <summary>Now, in Unix ms.</summary>
    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The newest message's id; 0 before the first.</summary>
    public long LastMessageId
    {
        get => Interlocked.Read(ref _lastMessageId);
        internal set => Interlocked.Exchange(ref _lastMessageId, value);
    }

    /// <summary>Whether the clock can be right as far as the program itself tells: not before it was built, and not decades after.</summary>
    internal bool IsPossible => time.GetUtcNow() is var now && now >= EarliestUtc && now <= LatestUtc;

    /// <summary>How the clock is behind the newest message; null if it is not, or not by more than a moment.</summary>
    internal ClockBehind? Behind
    {
        get
        {
            var (now, last) = (time.GetUtcNow(), LastMessageId);
            var received = DateTimeOffset.FromUnixTimeMilliseconds(last == 0 ? 0 : receipts.SaidMs(last));
            var smallest = options.CurrentValue.ClockSkewServer is var allowed && allowed < Slight ? allowed : Slight;
            var behind = last != 0 && received - now > smallest ? new ClockBehind(last, received, now) : null;
            Suspect(behind, now);
            return behind;
        }
    }

    /// <summary>Why the clock can't be right; null if it may be.</summary>
    public string? Fault
    {
        get
        {
            var now = time.GetUtcNow();
            if (now < EarliestUtc)
            {
                return IngestText.ClockBeforeBuild(Written(now), BuildDateUtc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            }

            if (now > LatestUtc)
            {
                return IngestText.ClockFarAhead(Written(now));
            }

            return Behind is { } behind && behind.By > options.CurrentValue.ClockSkewServer
                ? IngestText.ClockBehind(
                    Written(now), behind.MessageId.ToString(CultureInfo.InvariantCulture), Written(behind.ReceivedUtc), SpanInWords(behind.By), behind.Setting)
                : null;
        }
    }

    /// <summary>When the clock was first seen behind, by the clock as it is now; null if it is not behind.</summary>
    internal long? BehindSinceMs
    {
        get
        {
            lock (_lock)
            {
                return _behindSince is { } since ? NowMs - (long)time.GetElapsedTime(since).TotalMilliseconds : null;
            }
        }
    }

    /// <summary>While the clock is behind, nothing can have been received later than when that was seen first.</summary>
    private void Suspect(ClockBehind? behind, DateTimeOffset now)
    {
        lock (_lock)
        {
            // A clock that can't be right says nothing about what was received.
            _behindSince = behind is null || now < EarliestUtc ? null : _behindSince ?? time.GetTimestamp();
            receipts.Suspect(BehindSinceMs);
        }
    }

    private static string Written(DateTimeOffset timeUtc) => timeUtc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string SpanInWords(TimeSpan by) =>
        by.TotalDays >= 1 ? by.ToString("d\\ \\d\\ h\\ \\h", CultureInfo.InvariantCulture)
        : by.TotalHours >= 1 ? by.ToString("h\\ \\h\\ m\\ \\m\\i\\n", CultureInfo.InvariantCulture)
        : by.ToString("m\\ \\m\\i\\n\\ s\\ \\s", CultureInfo.InvariantCulture);
}

/// <summary>What is known of a clock that is behind the newest message.</summary>
/// <param name="MessageId">The newest message.</param>
/// <param name="ReceivedUtc">When it was received, by the clock as it was then.</param>
/// <param name="NowUtc">What the clock says now.</param>
public sealed record ClockBehind(long MessageId, DateTimeOffset ReceivedUtc, DateTimeOffset NowUtc)
{
    /// <summary>How far the clock is behind.</summary>
    public TimeSpan By => ReceivedUtc - NowUtc;

    /// <summary>The setting ClockSkewServer that accepts this clock: whole minutes, some to spare until the start.</summary>
    public string Setting => TimeSpan.FromMinutes(Math.Ceiling(By.TotalMinutes) + 1).ToString("c", CultureInfo.InvariantCulture);
}
