namespace Efento.Portal.Ingest.Quarantine;

/// <summary>The used space of the quarantine, in total or by one token.</summary>
/// <param name="TokenId">The token; null for all of them together.</param>
/// <param name="TokenName">The name of the token.</param>
/// <param name="Bytes">The compressed size of the items.</param>
/// <param name="Limit">The limit.</param>
public sealed record QuarantineUse(int? TokenId, string? TokenName, long Bytes, long Limit)
{
    private static readonly int[] Marks = [80, 50];

    /// <summary>The used space in percent, rounded down.</summary>
    public int Percent => PercentOf(Bytes, Limit);

    /// <summary>The highest warning level that was passed, 50 or 80 %; 0 below.</summary>
    public int Mark => MarkOf(Percent);

    internal static int PercentOf(long bytes, long limit) => limit <= 0 ? 100 : (int)Math.Clamp(bytes * 100.0 / limit, 0, 100);

    internal static int MarkOf(int percent) => Array.Find(Marks, mark => percent >= mark);
}
