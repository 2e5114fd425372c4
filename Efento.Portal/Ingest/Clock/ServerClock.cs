using System.Globalization;
using System.Reflection;
using Efento.Portal.Configuration;
using Efento.Portal.Measurements;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest.Clock;

/// <summary>
/// The server's clock, and whether it can be right. A clock behind the newest message or before the program's build date would misdate
/// everything. Gateways are then asked to wait until the clock is set or somebody accepts it (<see cref="ClockAcceptance"/>).
/// </summary>
internal sealed class ServerClock(TimeProvider time, ReceiptTimes receipts, IOptionsMonitor<IngestOptions> options)
{
    /// <summary>After a step back of no more than this, ids wait for the clock, and messages are misdated by no more than this.</summary>
    internal static readonly TimeSpan Slight = TimeSpan.FromMinutes(1);

    private static readonly DateTimeOffset BuildDateUtc = DateTimeOffset.ParseExact(
        typeof(ServerClock).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BuildDateUtc").Value!,
        "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>No correct clock can be after this. Ids from such a clock would leave too few for the years to come.</summary>
    private static readonly DateTimeOffset LatestUtc = BuildDateUtc.AddYears(20);

    private readonly Lock _lock = new();
    private long _lastMessageId;
    private long? _behindSince;

    /// <summary>
    /// No correct clock can be before this. The default is the build date of the program; the demo starts in an earlier past.
    /// </summary>
    internal DateTimeOffset EarliestUtc { private get; init; } = BuildDateUtc;

    /// <summary>The present time, Unix ms.</summary>
    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The id of the newest message; 0 before the first one.</summary>
    public long LastMessageId
    {
        get => Interlocked.Read(ref _lastMessageId);
        internal set => Interlocked.Exchange(ref _lastMessageId, value);
    }

    /// <summary>Whether the program considers the clock possible: not before the build date, and not decades after.</summary>
    internal bool IsPossible => time.GetUtcNow() is var now && now >= EarliestUtc && now <= LatestUtc;

    /// <summary>How far the clock is behind the newest message; null if it is not, or by less than a minute.</summary>
    internal ClockBehind? Behind
    {
        get
        {
            var (now, last) = (time.GetUtcNow(), LastMessageId);
            var received = DateTimeOffset.FromUnixTimeMilliseconds(last == 0 ? 0 : receipts.CorrectedMs(last));
            var smallest = options.CurrentValue.ClockSkewServer is var allowed && allowed < Slight ? allowed : Slight;
            var behind = last != 0 && received - now > smallest ? new ClockBehind(last, received, now) : null;
            Suspect(behind, now);
            return behind;
        }
    }

    /// <summary>Why the clock can't be right; null if it can.</summary>
    public IngestFault? Fault
    {
        get
        {
            var now = time.GetUtcNow();
            if (now < EarliestUtc)
            {
                return new ClockBeforeBuildFault(now, BuildDateUtc);
            }

            if (now > LatestUtc)
            {
                return new ClockFarAheadFault(now);
            }

            return Behind is { } behind && behind.By > options.CurrentValue.ClockSkewServer
                ? new ClockBehindFault(behind)
                : null;
        }
    }

    /// <summary>When the clock was first found to be behind, by the present clock; null if it is not behind.</summary>
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

    /// <summary>While the clock is behind, no message counts as received later than the moment when that was found.</summary>
    private void Suspect(ClockBehind? behind, DateTimeOffset now)
    {
        lock (_lock)
        {
            // A clock that can't be right tells nothing about times of receipt.
            _behindSince = behind is null || now < EarliestUtc ? null : _behindSince ?? time.GetTimestamp();
            receipts.Suspect(BehindSinceMs);
        }
    }
}

/// <summary>The state of a clock that is behind the newest message.</summary>
/// <param name="MessageId">The newest message.</param>
/// <param name="ReceivedUtc">When it was received, by the clock at that time.</param>
/// <param name="NowUtc">The present time of the clock.</param>
internal sealed record ClockBehind(long MessageId, DateTimeOffset ReceivedUtc, DateTimeOffset NowUtc)
{
    /// <summary>How far the clock is behind.</summary>
    public TimeSpan By => ReceivedUtc - NowUtc;

    /// <summary>
    /// The value of the setting ClockSkewServer that accepts this clock: whole minutes, with some to spare until the start.
    /// </summary>
    public string Setting => TimeSpan.FromMinutes(Math.Ceiling(By.TotalMinutes) + 1).ToString("c", CultureInfo.InvariantCulture);
}
