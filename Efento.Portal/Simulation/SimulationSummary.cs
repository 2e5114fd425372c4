namespace Efento.Portal.Simulation;

/// <summary>What a simulation has done so far.</summary>
/// <param name="Elapsed">Real time since it began.</param>
/// <param name="Messages">Messages sent; a repeated message counts once.</param>
/// <param name="Acknowledged">Messages answered 201.</param>
/// <param name="Busy">Answers 503.</param>
/// <param name="OtherStatuses">Other answers by status.</param>
/// <param name="NoAnswer">Attempts without an answer.</param>
/// <param name="Refused">Replies refused because of their headers.</param>
/// <param name="Retries">Attempts beyond the first of each message.</param>
/// <param name="Readings">Readings answered 201.</param>
/// <param name="Violations">Replies that broke the protocol.</param>
/// <param name="Unanswered">Messages that still wait for their 201.</param>
/// <param name="Waiting">Measurements that were taken and not yet sent.</param>
/// <param name="Forgotten">Measurements overwritten, or of loggers answered N.</param>
/// <param name="Pausing">Gateways that pause because of a 503.</param>
/// <param name="P50">Half the answers came within this time.</param>
/// <param name="P90">90 % of the answers came within this time.</param>
/// <param name="P99">99 % of the answers came within this time.</param>
/// <param name="Max">The slowest answer.</param>
internal sealed record SimulationSummary(
    TimeSpan Elapsed,
    long Messages,
    long Acknowledged,
    long Busy,
    IReadOnlyDictionary<int, long> OtherStatuses,
    long NoAnswer,
    long Refused,
    long Retries,
    long Readings,
    long Violations,
    int Unanswered,
    long Waiting,
    long Forgotten,
    int Pausing,
    TimeSpan P50,
    TimeSpan P90,
    TimeSpan P99,
    TimeSpan Max)
{
    /// <summary>Answers that were neither 201 nor 503.</summary>
    public long Other => OtherStatuses.Values.Sum();

    /// <summary>Readings answered 201 per second of real time.</summary>
    public double ReadingsPerSecond => Elapsed > TimeSpan.Zero ? Readings / Elapsed.TotalSeconds : 0;

    /// <summary>Whether everything was answered 201 and no reply broke the protocol.</summary>
    public bool IsClean => Unanswered == 0 && Waiting == 0 && Violations == 0;
}
