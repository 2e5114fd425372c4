using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Efento.Portal.Backup;
using Efento.Portal.Backup.Archive;

namespace Efento.Portal.Tests.Backup;

/// <summary>Backups as somebody could craft them: with a right seal around whatever is inside.</summary>
internal static class CraftedArchive
{
    /// <summary>A small file in place of a database.</summary>
    public static byte[] Database { get; } = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 400).Select(n => $"row {n * n}")));

    /// <summary>A manifest of these files.</summary>
    public static BackupManifest Manifest(params IEnumerable<BackedUpFile> files) => new()
    {
        Format = BackupManifest.NewestFormat,
        Program = "1.0",
        MadeUtc = new(2026, 6, 17, 9, 14, 5, TimeSpan.Zero),
        HasSecrets = false,
        Database = new("20260617_Change", 3, 2, "ab") { Tables = new Dictionary<string, long> { ["message"] = 3 }, Days = [] },
        Files = [.. files],
    };

    /// <summary>What a manifest says of a file.</summary>
    public static BackedUpFile File(string name, byte[] content) =>
        new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>A sealed archive of a manifest and these entries.</summary>
    public static MemoryStream Of(BackupManifest manifest, params IEnumerable<(string Name, byte[] Content)> entries) =>
        Of(manifest.ToBytes(), entries);

    /// <summary>A sealed archive of a manifest and these entries.</summary>
    public static MemoryStream Of(byte[] manifest, params IEnumerable<(string Name, byte[] Content)> entries)
    {
        var target = new MemoryStream();
        using (var packing = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packing))
        {
            foreach (var (name, content) in entries.Prepend((BackupManifest.Name, manifest)))
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        target.Write(ArchiveSeal.Of(SHA256.HashData(target.ToArray())));
        return target;
    }

    /// <summary>Reads an archive as a restore does.</summary>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static BackupFaultKind? FaultOf(Stream archive, string? passphrase = null, Dictionary<string, byte[]>? unpacked = null)
    {
        var reader = new ArchiveReader(archive, passphrase);
        var files = new Dictionary<string, MemoryStream>();
        try
        {
            reader.Verify(TestContext.Current.CancellationToken);
            reader.Unpack(_ => { }, file => files[file.Name] = new MemoryStream(), TestContext.Current.CancellationToken);
        }
        catch (BackupStoppedException stopped)
        {
            return stopped.Fault.Kind;
        }

        foreach (var (name, content) in files)
        {
            unpacked?.Add(name, content.ToArray());
        }

        return null;
    }
}
