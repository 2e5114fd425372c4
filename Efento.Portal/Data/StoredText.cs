namespace Efento.Portal.Data;

/// <summary>
/// Comparisons of stored texts, for queries only. Databases have different rules: LIKE ignores case in one and not in another, and the
/// order of letters differs. Each provider translates these methods so that they give the same result.
/// </summary>
internal static class StoredText
{
    /// <summary>
    /// Whether a text contains a part. The case of the letters A to Z is ignored; all other characters are compared exactly.
    /// </summary>
    /// <exception cref="NotSupportedException">The method was called outside a query.</exception>
    public static bool Holds(string? text, string part) => throw InQueriesOnly();

    /// <summary>Whether a text lies in [<paramref name="begin"/>, <paramref name="end"/>), character by character (ordinal).</summary>
    /// <exception cref="NotSupportedException">The method was called outside a query.</exception>
    public static bool LiesIn(string text, string begin, string end) => throw InQueriesOnly();

    private static NotSupportedException InQueriesOnly() => new("This is for queries of the database alone.");
}
