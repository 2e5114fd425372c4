using System.Globalization;
using System.Reflection;
using Efento.Portal.Measurements;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// The server's clock, and whether it can be right: a clock behind the newest received message or the program's build date would
/// misdate everything, so gateways are asked to wait.
/// </summary>
public sealed class ServerClock(TimeProvider time, IOptionsMonitor<IngestOptions> options)
{
    private static readonly DateTimeOffset BuildDateUtc = DateTimeOffset.ParseExact(
        typeof(ServerClock).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BuildDateUtc").Value!,
        "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private long _lastMessageId;

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

            return LastMessageId > 0 && now + options.CurrentValue.ClockSkewServer < MessageId.ReceivedAtUtc(LastMessageId)
                ? IngestText.ClockBehind(Written(now), Written(MessageId.ReceivedAtUtc(LastMessageId)))
                : null;
        }
    }

    private static string Written(DateTimeOffset timeUtc) => timeUtc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
