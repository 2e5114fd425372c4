namespace Efento.Portal.Ingest.Transactions;

/// <summary>The growth of the quarantine in a transaction, in bytes.</summary>
internal sealed class QuarantineGrowth
{
    private readonly Dictionary<int, long> _ofToken = [];

    /// <summary>The growth in total.</summary>
    public long Bytes { get; private set; }

    /// <summary>The growth of a token's share.</summary>
    public long Of(int tokenId) => _ofToken.GetValueOrDefault(tokenId);

    /// <summary>Adds to a token's share.</summary>
    public void Add(int tokenId, long bytes)
    {
        _ofToken[tokenId] = Of(tokenId) + bytes;
        Bytes += bytes;
    }
}
