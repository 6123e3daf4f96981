using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace NetGen;

/// <summary>
/// An event file as TensorBoard reads it: records with a length and two checksums each (TensorFlow's <c>TFRecord</c>), which hold messages of the
/// protocol buffer <c>tensorflow.Event</c>. Of that, three kinds are written, by hand.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const string Version = "brain.Event:2";

    private static int s_files;

    private readonly Stream _stream;

    internal EventFile(Stream stream)
    {
        _stream = stream;
        // Event.file_version = 3
        Write(step: 0, message => message.Text(3, Version));
    }

    /// <summary>Makes a file of a new name in a directory, which TensorBoard reads after those that were there before.</summary>
    internal static EventFile Create(string directory)
    {
        long seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{seconds:d10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_files)}");
        return new EventFile(new FileStream(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read));
    }

    /// <summary>Writes numbers of one step.</summary>
    internal void WriteScalars(long step, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        // Event.summary = 5; Summary.value = 1; Value.tag = 1, Value.simple_value = 2
        Write(step, message => message.Message(5, summary =>
        {
            foreach ((string tag, double value) in scalars)
            {
                summary.Message(1, entry =>
                {
                    entry.Text(1, tag);
                    entry.Single(2, (float)value);
                });
            }
        }));
    }

    /// <summary>Says that what was written before for this step and later ones no longer counts.</summary>
    internal void WriteStart(long step) =>
        // Event.session_log = 7; SessionLog.status = 1 with START = 1
        Write(step, message => message.Message(7, log => log.Integer(1, 1)));

    public void Dispose() => _stream.Dispose();

    /// <summary>CRC-32C, rotated and shifted so that a checksum of data with checksums in it is good too.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> data)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in data)
            checksum = BitOperations.Crc32C(checksum, value);
        checksum = ~checksum;
        return BitOperations.RotateRight(checksum, 15) + 0xa282ead8u;
    }

    private void Write(long step, Action<ProtocolMessage> content)
    {
        var message = new ProtocolMessage();
        // Event.wall_time = 1, Event.step = 2
        message.Double(1, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds);
        if (step != 0)
            message.Integer(2, step);
        content(message);

        ReadOnlySpan<byte> data = message.Bytes;
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        _stream.Write(length);
        WriteChecksum(length);
        _stream.Write(data);
        WriteChecksum(data);
        _stream.Flush();
    }

    private void WriteChecksum(ReadOnlySpan<byte> data)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, MaskedChecksum(data));
        _stream.Write(bytes);
    }

    /// <summary>A message of a protocol buffer: fields with a number and a wire type, one after the other.</summary>
    private sealed class ProtocolMessage
    {
        private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

        private readonly ArrayBufferWriter<byte> _bytes = new();

        internal ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

        internal void Integer(int field, long value)
        {
            Key(field, Varint);
            Number((ulong)value);
        }

        internal void Double(int field, double value)
        {
            Key(field, Fixed64);
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
            _bytes.Advance(sizeof(double));
        }

        internal void Single(int field, float value)
        {
            Key(field, Fixed32);
            BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
            _bytes.Advance(sizeof(float));
        }

        internal void Text(int field, string value) => Delimit(field, Encoding.UTF8.GetBytes(value));

        internal void Message(int field, Action<ProtocolMessage> content)
        {
            var inner = new ProtocolMessage();
            content(inner);
            Delimit(field, inner.Bytes);
        }

        private void Delimit(int field, ReadOnlySpan<byte> content)
        {
            Key(field, Delimited);
            Number((ulong)content.Length);
            _bytes.Write(content);
        }

        private void Key(int field, int wireType) => Number((ulong)((field << 3) | wireType));

        private void Number(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
                Byte((byte)(value | 0x80));
            Byte((byte)value);
        }

        private void Byte(byte value)
        {
            _bytes.GetSpan(1)[0] = value;
            _bytes.Advance(1);
        }
    }
}
