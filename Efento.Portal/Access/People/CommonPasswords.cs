namespace Efento.Portal.Access;

/// <summary>
/// Passwords that everybody tries first. The list comes with the program (wwwroot-assets/build.mjs takes it from a package); it is in memory
/// only once a password was set.
/// </summary>
public sealed class CommonPasswords
{
    /// <summary>The list's name among the program's resources.</summary>
    internal const string Resource = "common-passwords.txt";

    private const int ShortestWord = 4;
    private const int WordCost = 3;
    private const int CharacterCost = 1;

    /// <summary>Two words of the list and two characters beside them, or one word and five, are still guessed soon; three words are not.</summary>
    private const int CheapestGood = 9;

    /// <summary>What is repeated must be longer than this to be worth anything.</summary>
    private const int ShortestUnit = 6;

    private readonly Lazy<HashSet<string>> _words = new(Read);
    private int _longest;

    /// <summary>How many the list holds.</summary>
    internal int Count => _words.Value.Count;

    /// <summary>Whether it is on the list, hardly more than words of the list in a row, or the same again and again; case does not count.</summary>
    public bool Contains(string password)
    {
        var text = password.ToLowerInvariant();
        var unit = Unit(text);
        return (unit.Length < text.Length && unit.Length < ShortestUnit) || Cost(unit) < CheapestGood;
    }

    /// <summary>What a text is a repetition of; itself if it is none.</summary>
    private static string Unit(string text)
    {
        var length = Enumerable.Range(1, text.Length).First(n => text.Length % n == 0 && Enumerable.Range(n, text.Length - n).All(i => text[i] == text[i - n]));
        return text[..length];
    }

    /// <summary>The least it takes to put the text together from words of the list and single characters.</summary>
    private int Cost(string text)
    {
        var words = _words.Value;
        if (_longest == 0)
        {
            _longest = words.Max(w => w.Length);
        }

        var costs = new int[text.Length + 1];
        for (var end = 1; end <= text.Length; end++)
        {
            costs[end] = costs[end - 1] + CharacterCost;
            for (var start = Math.Max(0, end - _longest); start <= end - ShortestWord; start++)
            {
                if (costs[start] + WordCost < costs[end] && words.Contains(text[start..end]))
                {
                    costs[end] = costs[start] + WordCost;
                }
            }
        }

        return costs[text.Length];
    }

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program lacks its resource {Resource}."));
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } word)
        {
            words.Add(word);
        }

        return words;
    }
}
