using System.Xml.Linq;

namespace Efento.Portal.Texts.Generator;

/// <summary>A resource file in the neutral language, as far as code is written from it. Equal ones lead to the same code.</summary>
/// <param name="Namespace">The namespace of its folder.</param>
/// <param name="Name">The name of its class: that of the file.</param>
/// <param name="Content">The file as it is.</param>
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
