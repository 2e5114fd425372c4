using System.Formats.Tar;
using System.IO.Compression;
using Efento.Portal.Data;

namespace Efento.Portal.Backup.Archive;

/// <summary>Writes a backup: a tar of the manifest and the files it names, compressed by gzip, sealed, and encrypted if wanted.</summary>
internal static class ArchiveWriter
{
    /// <summary>Writes everything.</summary>
    /// <param name="target">The file.</param>
    /// <param name="passphrase">With what it is encrypted; null for not at all.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="open">Opens a file that the manifest names.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="IOException">It can't be written, or a file can't be read.</exception>
    public static void Write(
        Stream target, string? passphrase, BackupManifest manifest, Func<BackedUpFile, Stream> open, CancellationToken cancellationToken)
    {
        if (passphrase is null)
        {
            WriteSealed(target, manifest, open, cancellationToken);
            return;
        }

        using var encrypting = EncryptingStream.Begin(target, passphrase);
        WriteSealed(encrypting, manifest, open, cancellationToken);
        encrypting.End();
    }

    private static void WriteSealed(
        Stream target, BackupManifest manifest, Func<BackedUpFile, Stream> open, CancellationToken cancellationToken)
    {
        using var hashing = new HashingStream(target);
        using (var packing = new GZipStream(hashing, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packing, TarEntryFormat.Pax))
        {
            using var text = new MemoryStream(manifest.ToBytes());
            Add(tar, BackupManifest.Name, text, manifest.MadeUtc);
            foreach (var file in manifest.Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var content = open(file);
                Add(tar, file.Name, content, manifest.MadeUtc);
            }
        }

        target.Write(ArchiveSeal.Of(hashing.Hash()));
    }

    private static void Add(TarWriter tar, string name, Stream content, DateTimeOffset madeUtc) => tar.WriteEntry(
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = madeUtc, Mode = OwnerOnly.FileMode });
}
