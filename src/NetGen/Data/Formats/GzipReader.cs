using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Data;

/// <summary>
/// Reads a file compressed with gzip (RFC 1952), one or more members, and checks what each says of itself: that it is whole, its checksum and
/// its length. The system's own stream checks none of that where the file ends too early.
/// </summary>
internal sealed class GzipReader : Stream
{
    private const int TrailerLength = 8;
    private const byte FlagHeaderCheck = 2, FlagExtra = 4, FlagName = 8, FlagComment = 16, ReservedFlags = 0xE0;

    private readonly Stream _file;
    private readonly string _path;

    // Bytes of the file: what the decompressor was given last begins at _given, what it was not given yet is _next to _end.
    private readonly byte[] _window = new byte[1 << 16];
    private int _given;
    private int _next;
    private int _end;

    private DeflateStream? _member;
    private uint _check;
    private uint _length;
    private bool _starved;

    /// <param name="file">The compressed file, closed with this reader.</param>
    /// <param name="path">Its name, for messages.</param>
    internal GzipReader(Stream file, string path)
    {
        _file = file;
        _path = path;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is truncated or damaged; the message names it.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_member is null && !BeginMember())
                return 0;

            int count = Decompress(buffer);
            if (count > 0)
            {
                _check = Crc32.Append(_check, buffer[..count]);
                _length = unchecked(_length + (uint)count);
                return count;
            }

            EndMember();
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Decompress(Span<byte> buffer)
    {
        try
        {
            return _member!.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{Damaged} ({exception.Message})", exception);
        }
    }

    /// <summary>Reads a member's header. Zeros may stand between and behind members, as tapes leave them.</summary>
    private bool BeginMember()
    {
        int first;
        do
        {
            first = NextByte();
        }
        while (first == 0);
        if (first < 0)
            return false;

        if (first != 0x1F || HeaderByte() != 0x8B)
            throw new InvalidDataException($"{_path}: something that is not gzip stands behind the compressed data.");
        byte method = HeaderByte(), flags = HeaderByte();
        if (method != 8 || (flags & ReservedFlags) != 0)
            throw new InvalidDataException(Damaged);
        Skip(6); // The time and the system it was made on.
        if ((flags & FlagExtra) != 0)
            Skip(HeaderByte() | HeaderByte() << 8);
        if ((flags & FlagName) != 0)
            SkipText();
        if ((flags & FlagComment) != 0)
            SkipText();
        if ((flags & FlagHeaderCheck) != 0)
            Skip(2);

        (_check, _length, _starved, _given) = (0, 0, false, _next);
        _member = new DeflateStream(new Feed(this), CompressionMode.Decompress);
        return true;
    }

    /// <summary>
    /// Finds the trailer. The decompressor asks for bytes only while it needs some, so that its member ends within what it was given
    /// last; where exactly it does not tell, but what must follow is known.
    /// </summary>
    private void EndMember()
    {
        _member!.Dispose();
        _member = null;
        if (_starved)
            throw new InvalidDataException(Truncated);

        // Everything from _given on is kept, and the trailer may reach beyond what was given.
        while (_end - _next < TrailerLength && Fill())
        {
        }

        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _check);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        int last = Math.Min(_next + TrailerLength, _end);
        int found = _window.AsSpan(_given, last - _given).IndexOf(trailer);
        if (found < 0)
            throw new InvalidDataException(last < _next + TrailerLength ? Truncated : $"{Damaged} (checksum or length)");
        _next = _given + found + TrailerLength;
    }

    private string Damaged => $"{_path}: the gzip compression is damaged";

    private string Truncated => $"{_path}: the gzip compression is damaged or truncated: the file ends before the compressed data does.";

    private void Skip(int count)
    {
        for (int i = 0; i < count; i++)
            HeaderByte();
    }

    private void SkipText()
    {
        while (HeaderByte() != 0)
        {
        }
    }

    private byte HeaderByte()
    {
        int value = NextByte();
        return value >= 0 ? (byte)value : throw new InvalidDataException(Truncated);
    }

    private int NextByte()
    {
        _given = _next;
        return _next < _end || Fill() ? _window[_next++] : -1;
    }

    /// <summary>Reads on, keeping what was given last.</summary>
    /// <returns>Whether there was something to read.</returns>
    private bool Fill()
    {
        if (_end == _window.Length)
        {
            _window.AsSpan(_given, _end - _given).CopyTo(_window);
            (_next, _end, _given) = (_next - _given, _end - _given, 0);
        }

        int count = _file.Read(_window, _end, _window.Length - _end);
        _end += count;
        return count > 0;
    }

    /// <summary>The compressed bytes as the decompressor asks for them, in pieces that fit the window.</summary>
    private sealed class Feed(GzipReader owner) : Stream
    {
        private const int Piece = 8192;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            owner._given = owner._next;
            if (owner._next == owner._end && !owner.Fill())
            {
                owner._starved = true;
                return 0;
            }

            int count = Math.Min(Math.Min(buffer.Length, Piece), owner._end - owner._next);
            owner._window.AsSpan(owner._next, count).CopyTo(buffer);
            owner._next += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
