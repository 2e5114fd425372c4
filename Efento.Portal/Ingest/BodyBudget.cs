namespace Efento.Portal.Ingest;

/// <summary>What a kept body takes on the disk.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="TokenId">The token of its gateway; 0 for those of tokens that several gateways share.</param>
/// <param name="Bytes">Its size as kept.</param>
internal sealed record KeptSize(long MessageId, int TokenId, long Bytes);

/// <summary>Which of the kept bodies must go so that they stay within their budget. A pure function.</summary>
internal static class BodyBudget
{
    /// <summary>What one token's bodies may take of the budget, as a fraction.</summary>
    private const int Share = 4;

    /// <summary>
    /// The oldest bodies of each token beyond its share; then the oldest of whichever token takes most, until all of them fit.
    /// </summary>
    /// <param name="kept">All of them, oldest first.</param>
    /// <param name="most">The budget in bytes.</param>
    public static List<long> Beyond(IEnumerable<KeptSize> kept, long most)
    {
        List<long> beyond = [];
        Dictionary<int, (Queue<KeptSize> Bodies, long Bytes)> tokens = [];
        foreach (var token in kept.GroupBy(k => k.TokenId))
        {
            tokens[token.Key] = (new(token), token.Sum(k => k.Bytes));
            while (tokens[token.Key].Bytes > most / Share)
            {
                Drop(token.Key);
            }
        }

        while (tokens.Values.Sum(t => t.Bytes) > most)
        {
            Drop(tokens.MaxBy(t => t.Value.Bytes).Key);
        }

        return beyond;

        void Drop(int token)
        {
            var (bodies, bytes) = tokens[token];
            var oldest = bodies.Dequeue();
            tokens[token] = (bodies, bytes - oldest.Bytes);
            beyond.Add(oldest.MessageId);
        }
    }
}
