namespace Efento.Portal.Ingest;

/// <summary>How much of the quarantine's room is taken, in all or by one token.</summary>
/// <param name="TokenId">The token; null for all together.</param>
/// <param name="TokenName">What people call it.</param>
/// <param name="Bytes">What it holds, compressed.</param>
/// <param name="Limit">What it may hold.</param>
public sealed record QuarantineUse(int? TokenId, string? TokenName, long Bytes, long Limit)
{
    private static readonly int[] Marks = [80, 50];

    /// <summary>How full it is, in percent, rounded down.</summary>
    public int Percent => PercentOf(Bytes, Limit);

    /// <summary>The highest mark it has passed, 50 or 80 %; 0 below.</summary>
    public int Mark => MarkOf(Percent);

    internal static int PercentOf(long bytes, long limit) => limit <= 0 ? 100 : (int)Math.Clamp(bytes * 100.0 / limit, 0, 100);

    internal static int MarkOf(int percent) => Array.Find(Marks, mark => percent >= mark);
}
