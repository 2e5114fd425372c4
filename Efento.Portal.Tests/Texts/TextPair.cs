using System.Text.RegularExpressions;
using System.Xml.Linq;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Texts;

/// <summary>A resource file of the portal in English and Polish.</summary>
/// <param name="Name">The name of its class.</param>
/// <param name="English">Its texts by key.</param>
/// <param name="Polish">The same in Polish.</param>
internal sealed partial record TextPair(string Name, IReadOnlyDictionary<string, string> English, IReadOnlyDictionary<string, string> Polish)
{
    /// <summary>Every pair.</summary>
    public static IReadOnlyList<TextPair> All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryFiles.PathOf("Efento.Portal"), "*Text.resx", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"))
            .Select(file => new TextPair(Path.GetFileNameWithoutExtension(file), Read(file), Read(Path.ChangeExtension(file, ".pl.resx"))))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal),
    ];

    /// <summary>Keys in both languages, as File.Key, with their texts.</summary>
    public static IEnumerable<(string Key, string English, string Polish)> Texts =>
        from pair in All
        from key in pair.English.Keys.Intersect(pair.Polish.Keys)
        select ($"{pair.Name}.{key}", pair.English[key], pair.Polish[key]);

    /// <summary>The places of a text: names, and how many forms stand there; 0 for a value, -1 for markup.</summary>
    public static IEnumerable<(string Name, int Forms)> Places(string text) => PlacePattern().Matches(text).Select(place => (
        place.Groups["name"].Value,
        place.Groups["forms"].Success ? place.Groups["forms"].Value.Split('|').Length : place.Value[0] == '[' ? -1 : 0));

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(file).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex(@"\{(?<name>\w+)(\|(?<forms>[^{}]*))?\}|\[(?<name>[a-z]\w*)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex PlacePattern();
}
