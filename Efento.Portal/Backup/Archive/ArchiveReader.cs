using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Efento.Portal.Backup.Archive;

/// <summary>
/// Reads a backup. First it reads all of it and compares the seal; only then it unpacks, and no more than the manifest says. Whoever can
/// write a file can also seal it, so names and lengths are not believed either.
/// </summary>
/// <param name="file">The file, which can be read from its beginning more than once.</param>
/// <param name="passphrase">With what it was encrypted; null if that is not known.</param>
internal sealed partial class ArchiveReader(Stream file, string? passphrase)
{
    /// <summary>The longest manifest: some hundred years of days.</summary>
    private const long LongestManifest = 16 << 20;

    /// <summary>What a tar adds to each file, and at its end.</summary>
    private const long TarAdds = 16 << 10;

    private const int Portion = 1 << 17;

    /// <summary>Whether the file is encrypted.</summary>
    public bool IsEncrypted
    {
        get
        {
            file.Position = 0;
            return DecryptingStream.IsEncrypted(file);
        }
    }

    /// <summary>Reads all of it and compares the seal.</summary>
    /// <exception cref="BackupStoppedException">It is no backup, not as it was written, or can't be decrypted.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public void Verify(CancellationToken cancellationToken)
    {
        var plain = Plain();
        using (plain as DecryptingStream)
        {
            SealCheck.Check(plain, cancellationToken);
        }
    }

    /// <summary>Unpacks it.</summary>
    /// <param name="accept">Is shown the manifest before anything is unpacked; it throws to refuse it.</param>
    /// <param name="create">Makes the file that takes one from the backup.</param>
    /// <param name="cancellationToken">Ends the unpacking.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="BackupStoppedException">It is not as it should be.</exception>
    /// <exception cref="IOException">It can't be read, or a file can't be written.</exception>
    public BackupManifest Unpack(Action<BackupManifest> accept, Func<BackedUpFile, Stream> create, CancellationToken cancellationToken)
    {
        var plain = Plain();
        using (plain as DecryptingStream)
        {
            try
            {
                using var unpacked = new GZipStream(plain, CompressionMode.Decompress, leaveOpen: true);
                return Unpack(new BoundedStream(unpacked) { Most = LongestManifest + TarAdds }, accept, create, cancellationToken);
            }
            catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
            {
                throw new BackupStoppedException(new(BackupFaultKind.NoBackup, fault.Message));
            }
        }
    }

    private static BackupManifest Unpack(
        BoundedStream unpacked, Action<BackupManifest> accept, Func<BackedUpFile, Stream> create, CancellationToken cancellationToken)
    {
        using var tar = new TarReader(unpacked, leaveOpen: true);
        var manifest = BackupManifest.Read(Content(Next(tar, BackupManifest.Name)));
        Check(manifest);
        accept(manifest);
        unpacked.Most += manifest.Files.Sum(file => file.Bytes + TarAdds);
        foreach (var file in manifest.Files)
        {
            var entry = Next(tar, file.Name);
            if (entry.Length != file.Bytes)
            {
                var kind = entry.Length > file.Bytes ? BackupFaultKind.TooMuch : BackupFaultKind.Missing;
                throw new BackupStoppedException(new(kind, file.Name));
            }

            using var target = create(file);
            Copy(entry.DataStream ?? Stream.Null, target, file, cancellationToken);
        }

        if (tar.GetNextEntry() is { } more)
        {
            throw new BackupStoppedException(new(BackupFaultKind.TooMuch, more.Name));
        }

        return manifest;
    }

    /// <summary>A backup holds the database and the keys, and no path that leads elsewhere.</summary>
    private static void Check(BackupManifest manifest)
    {
        var wrong = manifest.Files.FirstOrDefault(file => !AllowedName().IsMatch(file.Name) || file.Bytes < 0);
        if (wrong is not null)
        {
            throw new BackupStoppedException(new(BackupFaultKind.NameInside, wrong.Name));
        }

        var byName = manifest.Files.GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase);
        if (byName.FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new BackupStoppedException(new(BackupFaultKind.NameInside, twice.Key));
        }

        if (manifest.Files is not [{ Name: BackupPaths.Database }, ..])
        {
            throw new BackupStoppedException(new(BackupFaultKind.Missing, BackupPaths.Database));
        }
    }

    private static TarEntry Next(TarReader tar, string name)
    {
        var entry = tar.GetNextEntry() ?? throw new BackupStoppedException(new(BackupFaultKind.Missing, name));
        return entry.Name == name && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
            ? entry
            : throw new BackupStoppedException(new(BackupFaultKind.NameInside, entry.Name));
    }

    private static byte[] Content(TarEntry entry)
    {
        if (entry.Length > LongestManifest)
        {
            throw new BackupStoppedException(new(BackupFaultKind.TooMuch, entry.Name));
        }

        using var content = new MemoryStream();
        entry.DataStream?.CopyTo(content);
        return content.ToArray();
    }

    private static void Copy(Stream source, Stream target, BackedUpFile file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Portion];
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
        }

        if (!Convert.ToHexStringLower(hash.GetHashAndReset()).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new BackupStoppedException(new(BackupFaultKind.WrongHash, file.Name));
        }
    }

    /// <summary>The archive itself, from its beginning.</summary>
    private Stream Plain()
    {
        var isEncrypted = IsEncrypted;
        file.Position = 0;
        if (!isEncrypted && (file.ReadByte(), file.ReadByte()) is not (0x1f, 0x8b))
        {
            throw new BackupStoppedException(new(BackupFaultKind.NoBackup));
        }

        file.Position = 0;
        return !isEncrypted ? file
            : passphrase is null ? throw new BackupStoppedException(new(BackupFaultKind.PassphraseMissing))
            : DecryptingStream.Begin(file, passphrase);
    }

    [GeneratedRegex(@"\A(portal\.db|keys/[A-Za-z0-9][A-Za-z0-9._-]{0,150}\.xml)\z")]
    private static partial Regex AllowedName();
}
