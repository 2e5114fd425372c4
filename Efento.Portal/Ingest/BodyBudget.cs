namespace Efento.Portal.Ingest;

/// <summary>The disk space of a kept body.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="TokenId">The token of its gateway; 0 if several gateways share the token.</param>
/// <param name="Bytes">Its size as kept.</param>
internal sealed record KeptSize(long MessageId, int TokenId, long Bytes);

/// <summary>Selects the kept bodies that must be deleted to stay within the budget. A pure function.</summary>
internal static class BodyBudget
{
    /// <summary>Each token may use one part in this many of the budget.</summary>
    private const int Share = 4;

    /// <summary>
    /// Selects the oldest bodies of each token that exceeds its share, then the oldest ones of the token that uses most, until the rest
    /// fits.
    /// </summary>
    /// <param name="kept">All kept bodies, oldest first.</param>
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
