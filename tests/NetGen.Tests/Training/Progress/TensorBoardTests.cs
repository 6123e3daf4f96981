using System.Buffers.Binary;
using System.Text;
using NetGen.Data;
using NetGen.Tests.Data;

namespace NetGen.Tests.Training.Progress;

public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Dataset _data = TestData.Separable(40, seed: 1);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Checksums_are_those_of_TensorFlow()
    {
        // The check value of CRC-32C is E3069283 for "123456789" (RFC 3720 has it for other data); TensorFlow rotates and adds.
        uint checksum = 0xE3069283;
        uint expected = ((checksum >> 15) | (checksum << 17)) + 0xa282ead8u;
        Assert.Equal(expected, EventFile.MaskedChecksum("123456789"u8));
    }

    [Fact]
    public void A_file_begins_with_the_bytes_that_TensorBoard_writes_itself()
    {
        var stream = new MemoryStream();
        using (new EventFile(stream))
        {
            byte[] bytes = stream.ToArray();
            // Length 24, then wall_time as field 1 and file_version as field 3.
            Assert.Equal([24, 0, 0, 0, 0, 0, 0, 0], bytes[..8]);
            Assert.Equal([0xa3, 0x7f, 0x4b, 0x22], bytes[8..12]);
            Assert.Equal(9, bytes[12]);
            Assert.Equal([0x1a, 13, .. "brain.Event:2"u8], bytes[21..36]);
        }
    }

    [Fact]
    public void Epochs_and_batches_are_written_as_scalars()
    {
        TrainingHistory history = Fit(new TensorBoard(Path.Combine(_directory.Root, "new", "run"), everyBatches: 2), 2);

        List<Event> events = Read(Assert.Single(Directory.GetFiles(Path.Combine(_directory.Root, "new", "run"))));
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal(
            history.Epochs.Select(epoch => (epoch.Epoch, (float)epoch.Loss)),
            events.Where(e => e.Scalars.ContainsKey("epoch/loss")).Select(e => ((int)e.Step, e.Scalars["epoch/loss"])));
        Assert.Equal([2L, 4, 6, 8], events.Where(e => e.Scalars.ContainsKey("batch/loss")).Select(e => e.Step));
        Event last = events[^1];
        Assert.Equal((float)history.Epochs[1]["accuracy"], last.Scalars["epoch/accuracy"]);
        Assert.Equal(0.1f, last.Scalars["epoch/learning rate"]);
        Assert.DoesNotContain("epoch/validation loss", last.Scalars.Keys);
        Assert.All(events, e => Assert.InRange(DateTimeOffset.UnixEpoch.AddSeconds(e.WallTime), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.DoesNotContain(events, e => e.IsStart);
    }

    [Fact]
    public void A_run_that_goes_on_continues_in_a_file_of_its_own_and_takes_back_what_comes_again()
    {
        string directory = Path.Combine(_directory.Root, "run"), checkpoint = Path.Combine(_directory.Root, "checkpoint");
        Fit(new TensorBoard(directory), 2, checkpoint);
        Fit(new TensorBoard(directory), 3, checkpoint);

        string[] files = [.. Directory.GetFiles(directory).Order(StringComparer.Ordinal)];
        Assert.Equal(2, files.Length);
        List<Event> continued = Read(files[1]);
        Assert.Equal([3L], continued.Where(e => e.IsStart).Select(e => e.Step));
        Assert.Equal([3L], continued.Where(e => e.Scalars.Count > 0).Select(e => e.Step));
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_refused_before_the_first_step()
    {
        string file = Path.Combine(_directory.Root, "file");
        File.WriteAllText(file, "");
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        Assert.ThrowsAny<IOException>(() => trainer.Fit(_data, new FitOptions { Quiet = true, Callbacks = [new TensorBoard(file)] }));
        Assert.Equal(0, trainer.StepCount);
    }

    private TrainingHistory Fit(TensorBoard board, int epochs, string? checkpoint = null)
    {
        using var trainer = new Trainer<SoftmaxNet>(new SoftmaxNet(), new Sgd(0.1f));
        return trainer.Fit(_data, new FitOptions
        {
            Epochs = epochs, BatchSize = 10, Metrics = [Metric.Accuracy], Quiet = true, Callbacks = [board],
            Checkpoint = checkpoint is null ? null : new CheckpointOptions(checkpoint) { Resume = true },
        });
    }

    private static List<Event> Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        var events = new List<Event>();
        while (bytes.Length > 0)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            Assert.Equal(Masked(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            Assert.Equal(Masked(bytes.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            events.Add(Event.Parse(bytes.Slice(12, length)));
            bytes = bytes[(16 + length)..];
        }

        return events;
    }

    /// <summary>The checksum bit by bit, as its polynomial is defined.</summary>
    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in data)
        {
            checksum ^= value;
            for (int bit = 0; bit < 8; bit++)
                checksum = (checksum >> 1) ^ ((checksum & 1) * 0x82F63B78u);
        }

        checksum = ~checksum;
        return ((checksum >> 15) | (checksum << 17)) + 0xa282ead8u;
    }

    private sealed class Event
    {
        internal double WallTime { get; private set; }
        internal long Step { get; private set; }
        internal string Version { get; private set; } = "";
        internal bool IsStart { get; private set; }
        internal Dictionary<string, float> Scalars { get; } = [];

        internal static Event Parse(ReadOnlySpan<byte> message)
        {
            var result = new Event();
            foreach ((int field, byte[] value) in Fields(message))
            {
                switch (field)
                {
                    case 1: result.WallTime = BinaryPrimitives.ReadDoubleLittleEndian(value); break;
                    case 2: result.Step = BinaryPrimitives.ReadInt64LittleEndian(value); break;
                    case 3: result.Version = Encoding.UTF8.GetString(value); break;
                    case 5:
                        foreach ((_, byte[] entry) in Fields(value))
                        {
                            List<(int Field, byte[] Value)> parts = Fields(entry);
                            result.Scalars[Encoding.UTF8.GetString(parts[0].Value)] = BinaryPrimitives.ReadSingleLittleEndian(parts[1].Value);
                        }

                        break;
                    case 7: result.IsStart = Fields(value) is [(1, [1, ..])]; break;
                }
            }

            return result;
        }

        private static List<(int Field, byte[] Value)> Fields(ReadOnlySpan<byte> message)
        {
            var fields = new List<(int, byte[])>();
            while (message.Length > 0)
            {
                ulong key = Varint(ref message);
                int length = (int)(key & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(ref message), _ => 0 };
                byte[] value = (key & 7) == 0 ? BitConverter.GetBytes(Varint(ref message)) : message[..length].ToArray();
                message = message[length..];
                fields.Add(((int)(key >> 3), value));
            }

            return fields;
        }

        private static ulong Varint(ref ReadOnlySpan<byte> bytes)
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte next = bytes[0];
                bytes = bytes[1..];
                value |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80)
                    return value;
            }
        }
    }
}
