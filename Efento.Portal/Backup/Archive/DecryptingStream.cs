using System.Security.Cryptography;

namespace Efento.Portal.Backup.Archive;

/// <summary>Decrypts a backup. It hands out no byte that was not authenticated before.</summary>
internal sealed class DecryptingStream : Stream
{
    private readonly Stream _source;
    private readonly byte[] _state = new byte[Sodium.StateBytes];
    private readonly byte[] _piece = new byte[EncryptedForm.PieceBytes];
    private readonly byte[] _encrypted = new byte[EncryptedForm.PieceBytes + Sodium.AddedBytes];
    private Range _rest = ..0;
    private bool _isFirst = true;
    private bool _isLast;

    private DecryptingStream(Stream source) => _source = source;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether a file begins like an encrypted backup.</summary>
    public static bool IsEncrypted(Stream file)
    {
        Span<byte> word = stackalloc byte[EncryptedForm.Word.Length];
        return file.ReadAtLeast(word, word.Length, throwOnEndOfStream: false) == word.Length && word.SequenceEqual(EncryptedForm.Word);
    }

    /// <summary>Begins at the beginning of a file, which stays open.</summary>
    /// <exception cref="BackupStoppedException">The file ends too soon.</exception>
    public static DecryptingStream Begin(Stream source, string passphrase)
    {
        var head = new byte[EncryptedForm.Word.Length + EncryptedForm.SaltBytes + Sodium.HeaderBytes];
        if (source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            throw new BackupStoppedException(new(BackupFaultKind.Damaged));
        }

        var stream = new DecryptingStream(source);
        var key = EncryptedForm.KeyOf(passphrase, head.AsSpan(EncryptedForm.Word.Length, EncryptedForm.SaltBytes));
        _ = Sodium.BeginDecrypting(stream._state, head.AsSpan(head.Length - Sodium.HeaderBytes), key);
        CryptographicOperations.ZeroMemory(key);
        return stream;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="BackupStoppedException">The passphrase is wrong, or the file is not as it was written.</exception>
    public override int Read(Span<byte> buffer)
    {
        var rest = _piece.AsSpan(_rest);
        while (rest.IsEmpty && !_isLast)
        {
            rest = NextPiece();
        }

        var taken = Math.Min(rest.Length, buffer.Length);
        rest[..taken].CopyTo(buffer);
        var (begin, _) = _rest.GetOffsetAndLength(_piece.Length);
        _rest = (begin + taken).._rest.End;
        return taken;
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(_state);
        CryptographicOperations.ZeroMemory(_piece);
        base.Dispose(disposing);
    }

    private Span<byte> NextPiece()
    {
        var read = _source.ReadAtLeast(_encrypted, _encrypted.Length, throwOnEndOfStream: false);
        var word = EncryptedForm.Word;
        if (read < Sodium.AddedBytes
            || Sodium.Decrypt(
                _state, _piece, out var length, out var mark, _encrypted.AsSpan(0, read), (ulong)read, word, (ulong)word.Length) != 0)
        {
            throw new BackupStoppedException(new(_isFirst ? BackupFaultKind.PassphraseWrong : BackupFaultKind.Damaged));
        }

        (_isFirst, _isLast, _rest) = (false, mark == Sodium.Last, ..(int)length);
        return _isLast && _source.ReadByte() >= 0
            ? throw new BackupStoppedException(new(BackupFaultKind.TooMuch))
            : _piece.AsSpan(0, (int)length);
    }
}
