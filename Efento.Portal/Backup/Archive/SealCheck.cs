using System.Security.Cryptography;

namespace Efento.Portal.Backup.Archive;

/// <summary>Reads an archive to its end and compares the seal.</summary>
internal static class SealCheck
{
    private const int Portion = 1 << 17;

    /// <summary>Reads everything.</summary>
    /// <exception cref="BackupStoppedException">The seal is not there, or belongs to other bytes.</exception>
    public static void Check(Stream archive, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Portion + ArchiveSeal.Length];
        var held = 0;
        for (int read; (read = archive.Read(buffer, held, Portion)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var all = held + read;

            // The last bytes may be the seal, which is not part of what it seals.
            held = Math.Min(all, ArchiveSeal.Length);
            hash.AppendData(buffer, 0, all - held);
            buffer.AsSpan(all - held, held).CopyTo(buffer);
        }

        if (!buffer.AsSpan(0, held).SequenceEqual(ArchiveSeal.Of(hash.GetHashAndReset())))
        {
            throw new BackupStoppedException(new(BackupFaultKind.Damaged));
        }
    }
}
