using System.Xml.Linq;

namespace Efento.Portal.Texts.Generator;

/// <summary>A resource file in the neutral language, with everything that the code depends on. Equal files give the same code.</summary>
/// <param name="Namespace">The namespace of its folder.</param>
/// <param name="Name">The name of its class, which is that of the file.</param>
/// <param name="Content">The content of the file.</param>
internal sealed record TextFile(string Namespace, string Name, string Content)
{
    /// <summary>Its entries in their order: key and English text.</summary>
    public IEnumerable<(string Key, string Text)> Entries() =>
        from entry in XDocument.Parse(Content).Root!.Elements("data")
        select (entry.Attribute("name")!.Value, entry.Element("value")!.Value);

    /// <summary>Reads a file of a project.</summary>
    public static TextFile Of(string path, string content, string projectDirectory, string rootNamespace)
    {
        var folder = Path.GetDirectoryName(path)!;
        var root = projectDirectory.TrimEnd('/', '\\');
        var inside = folder.Length > root.Length ? folder.Substring(root.Length) : "";
        return new TextFile(rootNamespace + inside.Replace('\\', '.').Replace('/', '.'), Path.GetFileNameWithoutExtension(path), content);
    }
}
