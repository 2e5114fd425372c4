using System.Text.RegularExpressions;
using System.Xml.Linq;
using Efento.Portal.Tests.Support;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Texts;

/// <summary>A resource file of the portal in the first of its languages and in another one.</summary>
/// <param name="Name">The name of its class.</param>
/// <param name="Language">The other language.</param>
/// <param name="First">Its texts by key.</param>
/// <param name="Other">The same in the other language; empty where the file is missing.</param>
internal sealed partial record TextPair(
    string Name, Language Language, IReadOnlyDictionary<string, string> First, IReadOnlyDictionary<string, string> Other)
{
    /// <summary>The files of the first language.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryFiles.PathOf("Efento.Portal"), "*Text.resx", SearchOption.AllDirectories)
            .Where(IsSource)
            .Order(StringComparer.Ordinal)
    ];

    /// <summary>Every pair.</summary>
    public static IReadOnlyList<TextPair> All { get; } =
    [
        .. from file in Files
           from language in Languages.All.Skip(1)
           select new TextPair(Path.GetFileNameWithoutExtension(file), language, Read(file), Read(InLanguage(file, language))),
    ];

    /// <summary>Keys in both languages, as File.Key, with their texts.</summary>
    public static IEnumerable<(string Key, Language Language, string First, string Other)> Texts =>
        from pair in All
        from key in pair.First.Keys.Intersect(pair.Other.Keys)
        select ($"{pair.Name}.{key}", pair.Language, pair.First[key], pair.Other[key]);

    /// <summary>The texts of a file in the first language, by key.</summary>
    public static IReadOnlyDictionary<string, string> Of(string name) =>
        Read(Files.Single(file => Path.GetFileNameWithoutExtension(file) == name));

    /// <summary>The same file in another language.</summary>
    public static string InLanguage(string file, Language language) => Path.ChangeExtension(file, $".{language.Code}.resx");

    /// <summary>Whether a file is one that people write.</summary>
    public static bool IsSource(string file) => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin");

    /// <summary>The places of a text: names, and how many forms stand there; 0 for a value, -1 for markup.</summary>
    public static IEnumerable<(string Name, int Forms)> Places(string text) => PlacePattern().Matches(text).Select(place => (
        place.Groups["name"].Value,
        place.Groups["forms"].Success ? place.Groups["forms"].Value.Split('|').Length : place.Value[0] == '[' ? -1 : 0));

    private static Dictionary<string, string> Read(string file) => !File.Exists(file) ? [] :
        XDocument.Load(file).Root!
            .Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex(@"\{(?<name>\w+)(\|(?<forms>[^{}]*))?\}|\[(?<name>[a-z]\w*)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex PlacePattern();
}
