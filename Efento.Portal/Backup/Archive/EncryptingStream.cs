using System.Security.Cryptography;

namespace Efento.Portal.Backup.Archive;

/// <summary>Encrypts what is written to it. Without <see cref="End"/>, what was written can't be read as a whole backup.</summary>
internal sealed class EncryptingStream : Stream
{
    private readonly Stream _target;
    private readonly byte[] _state = new byte[Sodium.StateBytes];
    private readonly byte[] _piece = new byte[EncryptedForm.PieceBytes];
    private readonly byte[] _encrypted = new byte[EncryptedForm.PieceBytes + Sodium.AddedBytes];
    private int _filled;

    private EncryptingStream(Stream target) => _target = target;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Begins.</summary>
    /// <param name="target">The file, which stays open.</param>
    /// <param name="passphrase">The passphrase.</param>
    public static EncryptingStream Begin(Stream target, string passphrase)
    {
        var stream = new EncryptingStream(target);
        var salt = RandomNumberGenerator.GetBytes(EncryptedForm.SaltBytes);
        var key = EncryptedForm.KeyOf(passphrase, salt);
        Span<byte> header = stackalloc byte[Sodium.HeaderBytes];
        _ = Sodium.BeginEncrypting(stream._state, header, key);
        CryptographicOperations.ZeroMemory(key);
        target.Write(EncryptedForm.Word);
        target.Write(salt);
        target.Write(header);
        return stream;
    }

    /// <summary>Writes the last piece.</summary>
    public void End() => WritePiece(Sodium.Last);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_filled == _piece.Length)
            {
                WritePiece(Sodium.MoreFollows);
            }

            var taken = Math.Min(buffer.Length, _piece.Length - _filled);
            buffer[..taken].CopyTo(_piece.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
        }
    }

    /// <inheritdoc/>
    public override void Flush() => _target.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(_state);
        CryptographicOperations.ZeroMemory(_piece);
        base.Dispose(disposing);
    }

    private void WritePiece(byte mark)
    {
        var word = EncryptedForm.Word;
        _ = Sodium.Encrypt(
            _state, _encrypted, out var length, _piece.AsSpan(0, _filled), (ulong)_filled, word, (ulong)word.Length, mark);
        _target.Write(_encrypted.AsSpan(0, (int)length));
        _filled = 0;
    }
}
