using System.IO.Compression;

namespace Efento.Portal.Tests.Support;

/// <summary>Databases as earlier versions of the program left them (Data/Earlier).</summary>
public static class EarlierDatabase
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "Earlier");

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.db.gz").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)
    ];

    /// <summary>Unpacks one as the database of a data directory.</summary>
    public static PortalDatabase UnpackInto(string dataDirectory, string name)
    {
        var database = new PortalDatabase(dataDirectory);
        using var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, name)), CompressionMode.Decompress);
        using var file = File.Create(database.Path);
        packed.CopyTo(file);
        return database;
    }
}
