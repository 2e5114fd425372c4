namespace Efento.Portal.Access;

/// <summary>
/// The passwords that attackers try first. The list comes with the program (wwwroot-assets/build.mjs takes it from a package). It is loaded
/// when the first password is set.
/// </summary>
internal sealed class CommonPasswords
{
    /// <summary>The list's name among the program's resources.</summary>
    internal const string Resource = "common-passwords.txt";

    /// <summary>Room for the whole list, so that the set is not copied as it grows.</summary>
    private const int RoomForWords = 50_000;

    private const int ShortestWord = 4;
    private const int WordCost = 3;
    private const int CharacterCost = 1;

    /// <summary>
    /// Two words of the list with two more characters are still guessed soon, and so is one word with five. Three words are not.
    /// </summary>
    private const int CheapestGood = 9;

    /// <summary>A repeated part counts only if it is longer than this.</summary>
    private const int ShortestUnit = 6;

    private readonly Lazy<(HashSet<string> Words, int Longest)> _list = new(Read);

    /// <summary>The number of passwords on the list.</summary>
    internal int Count => _list.Value.Words.Count;

    /// <summary>
    /// Whether a password is on the list, or is hardly more than words of the list in a row, or repeats a short part. Case is ignored.
    /// </summary>
    public bool Contains(string password)
    {
        var text = password.ToLowerInvariant();
        var unit = Unit(text);
        return (unit.Length < text.Length && unit.Length < ShortestUnit) || Cost(unit) < CheapestGood;
    }

    /// <summary>The part that a text repeats; the text itself if it repeats nothing.</summary>
    private static string Unit(string text)
    {
        var length = Enumerable.Range(1, text.Length).First(
            n => text.Length % n == 0 && Enumerable.Range(n, text.Length - n).All(i => text[i] == text[i - n]));
        return text[..length];
    }

    /// <summary>The lowest cost of composing the text from words of the list and single characters.</summary>
    private int Cost(string text)
    {
        var (words, longest) = _list.Value;
        var costs = new int[text.Length + 1];
        for (var end = 1; end <= text.Length; end++)
        {
            costs[end] = costs[end - 1] + CharacterCost;
            for (var start = Math.Max(0, end - longest); start <= end - ShortestWord; start++)
            {
                if (costs[start] + WordCost < costs[end] && words.Contains(text[start..end]))
                {
                    costs[end] = costs[start] + WordCost;
                }
            }
        }

        return costs[text.Length];
    }

    private static (HashSet<string> Words, int Longest) Read()
    {
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program lacks its resource {Resource}."));
        var words = new HashSet<string>(RoomForWords, StringComparer.Ordinal);
        var longest = 0;
        while (reader.ReadLine() is { } word)
        {
            words.Add(word);
            longest = Math.Max(longest, word.Length);
        }

        return (words, longest);
    }
}
