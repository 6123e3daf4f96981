using System.Text;
using NetGen.Data;
using StbImageWriteSharp;

namespace NetGen.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(4, 0)]
    [InlineData(8, 0)]
    [InlineData(16, 0)]
    [InlineData(8, 2)]
    [InlineData(16, 2)]
    [InlineData(8, 4)]
    [InlineData(16, 4)]
    [InlineData(8, 6)]
    [InlineData(16, 6)]
    public void Every_kind_of_png_is_read_interlaced_or_not(int depth, int colour)
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (13, 9), (3, 20)])
        {
            foreach (bool interlaced in (bool[])[false, true])
            {
                int most = (1 << depth) - 1;
                byte[] file = PngWriter.Encode(width, height, depth, colour, Sample, interlaced: interlaced);
                DecodedImage image = ImageFile.Read(_directory.Write("a.png", file));

                int channels = colour is 2 or 6 ? 3 : 1;
                Assert.Equal((width, height, channels), (image.Width, image.Height, image.Channels));
                for (int i = 0; i < image.Pixels.Length; i++)
                {
                    int value = Sample(i / channels % width, i / channels / width, i % channels);
                    Assert.Equal(depth == 16 ? value >> 8 : value * 255 / most, image.Pixels[i]);
                }

                int Sample(int x, int y, int channel) => (x * 37 + y * 101 + channel * 59 + x * y) * 7919 & most;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Palettes_are_looked_up(int depth)
    {
        byte[] palette = [10, 20, 30, 40, 50, 60];
        DecodedImage image = ImageFile.Read(_directory.Write("p.png", PngWriter.Encode(5, 2, depth, 3, (x, _, _) => x % 2, palette)));

        Assert.Equal([10, 20, 30, 40, 50, 60, 10, 20, 30], image.Pixels[..9]);
        Assert.Contains("its palette has no colour 1", Refused("p.png", PngWriter.Encode(5, 2, depth, 3, (x, _, _) => x % 2, palette[..3])));
    }

    [Fact]
    public void Portable_maps_are_read_as_text_and_binary()
    {
        Assert.Equal([0, 128, 255, 64], ImageFile.Read(_directory.Write("a.pgm", Encoding.ASCII.GetBytes("P2 # grey\n2 2\n#more\n255\n0 128\n255 64\n"))).Pixels);
        Assert.Equal([0, 255], ImageFile.Read(_directory.Write("b.pgm", [.. "P5 2 1 15\n"u8, 0, 15])).Pixels);
        Assert.Equal([128, 255], ImageFile.Read(_directory.Write("b.pgm", [.. "P5 2 1 65535\n"u8, 0x80, 0, 0xFF, 0xFF])).Pixels);
        DecodedImage colour = ImageFile.Read(_directory.Write("c.ppm", [.. "P6\n1 2\n255\n"u8, 1, 2, 3, 4, 5, 6]));
        Assert.Equal((1, 2, 3), (colour.Width, colour.Height, colour.Channels));
        Assert.Equal([1, 2, 3, 4, 5, 6], colour.Pixels);
        Assert.Equal([9, 8, 7], ImageFile.Read(_directory.Write("d.ppm", Encoding.ASCII.GetBytes("P3 1 1 255 9 8 7"))).Pixels);
    }

    [Fact]
    public void Bitmaps_are_read_from_the_bottom_up_and_from_the_top_down()
    {
        byte[] rows = [1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0];
        Assert.Equal([9, 8, 7, 12, 11, 10, 3, 2, 1, 6, 5, 4], ImageFile.Read(_directory.Write("a.bmp", Bitmap(2, 2, 24, [], rows))).Pixels);
        Assert.Equal([3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10], ImageFile.Read(_directory.Write("a.bmp", Bitmap(2, -2, 24, [], rows))).Pixels);
        Assert.Equal([3, 2, 1], ImageFile.Read(_directory.Write("a.bmp", Bitmap(1, 1, 32, [], [1, 2, 3, 255]))).Pixels);
        DecodedImage grey = ImageFile.Read(_directory.Write("a.bmp", Bitmap(3, 1, 8, [0, 0, 0, 0, 77, 77, 77, 0], [1, 0, 1, 0])));
        Assert.Equal(1, grey.Channels);
        Assert.Equal([77, 0, 77], grey.Pixels);
        Assert.Equal([0, 77, 0], ImageFile.Read(_directory.Write("a.bmp", Bitmap(3, 1, 1, [0, 0, 0, 0, 77, 77, 77, 0], [0b0100_0000, 0, 0, 0]))).Pixels);
        Assert.Equal([77, 0, 77], ImageFile.Read(_directory.Write("a.bmp", Bitmap(3, 1, 4, [0, 0, 0, 0, 77, 77, 77, 0], [0x10, 0x10, 0, 0]))).Pixels);
    }

    [Fact]
    public void Photographs_are_read_nearly_as_they_were()
    {
        foreach ((int width, int height, int channels) in ((int, int, int)[])[(1, 1, 3), (16, 8, 3), (33, 17, 3), (9, 5, 1)])
        {
            byte[] pixels = [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)(40 + (i / channels % width * 4) + (i / channels / width * 3) + (i % channels * 5)))];
            DecodedImage image = ImageFile.Read(_directory.Write("a.jpeg", Jpeg(pixels, width, height, channels)));

            Assert.Equal((width, height), (image.Width, image.Height));
            int step = image.Channels / channels;
            Assert.All(pixels, (value, i) => Assert.InRange(image.Pixels[i * step], value - 6, value + 6));
        }
    }

    [Fact]
    public void A_photograph_that_is_cut_or_claims_too_much_is_refused()
    {
        byte[] jpeg = Jpeg([.. Enumerable.Range(0, 24 * 24 * 3).Select(i => (byte)(i * 7919))], 24, 24, 3);
        for (int length = 4; length < jpeg.Length; length++)
            Assert.Contains("cut.jpg: the JPEG image is damaged", Refused("cut.jpg", jpeg[..length]));
        Refused("start.jpg", jpeg[..3]);

        int header = jpeg.AsSpan().IndexOf((byte[])[0xFF, 0xC0]);
        byte[] huge = [.. jpeg];
        huge.AsSpan(header + 5, 4).Fill(0xFF);
        Assert.Contains("or larger than", Refused("huge.jpg", huge));
        byte[] twelveBits = [.. jpeg];
        twelveBits[header + 4] = 12;
        Assert.Contains("damaged, or of a kind that is not read", Refused("deep.jpg", twelveBits));

        // A changed bit gives another image or is refused, and nothing worse.
        for (int i = 0; i < jpeg.Length; i++)
        {
            byte[] changed = [.. jpeg];
            changed[i] ^= 0x10;
            Exception? thrown = Record.Exception(() => ImageFile.Read(_directory.Write("changed.jpg", changed)));
            Assert.True(thrown is null or InvalidDataException, $"{i}: {thrown}");
        }
    }

    private static byte[] Jpeg(byte[] pixels, int width, int height, int channels)
    {
        using var stream = new MemoryStream();
        new ImageWriter().WriteJpg(pixels, width, height, channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue, stream, 95);
        return stream.ToArray();
    }

    [Fact]
    public void Damaged_files_are_refused_by_name_wherever_they_are_cut()
    {
        byte[][] files =
        [
            PngWriter.Encode(7, 5, 8, 2, (x, y, c) => x + y + c), [.. "P6 2 2 255\n"u8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
            Bitmap(2, 2, 24, [], new byte[16]), Encoding.ASCII.GetBytes("P2 2 2 255 1 2 3 4"),
        ];
        foreach (byte[] file in files)
        {
            for (int length = 0; length < file.Length - (file[1] == '2' ? 1 : 0); length++)
                Refused("cut", file[..length]);
        }

        byte[] png = files[0];
        for (int i = 0; i < png.Length; i++)
        {
            byte[] damaged = [.. png];
            damaged[i] ^= 0x20;
            Refused("damaged.png", damaged);
        }

        Assert.Contains("is a GIF image; PNG, JPEG, BMP, PGM and PPM files are read", Refused("a.gif", [.. "GIF89a"u8, 1, 0]));
        Assert.Contains("or larger than", Refused("huge.ppm", Encoding.ASCII.GetBytes("P6 999999 999999 255\n")));
    }

    [Fact]
    public void Folders_are_classes_in_the_order_of_their_names()
    {
        Write("dogs/b.pgm", 2, 1, 20, 21);
        Write("dogs/deep/a.pgm", 2, 1, 30, 31);
        Write("cats/z.pgm", 2, 1, 10, 11);
        Write("cats/.hidden", 1, 1, 0);
        _directory.Write(Path.Combine("cats", "Thumbs.db"), [1]);

        ImageFolderData data = ImageFolder.Read(_directory.Root, new ImageFolderOptions { Scale = 1 });

        Assert.Equal(["cats", "dogs"], data.ClassNames);
        Assert.Equal([0, 1, 1], data.Samples.GetClasses());
        Assert.Equal([1, 1, 2], data.Samples.InputShape);
        Assert.Equal([10, 11], data.Samples.Input(0).ToArray());
        Assert.EndsWith("z.pgm", data.Paths[0], StringComparison.Ordinal);
        ImageFolderData reversed = ImageFolder.Read(_directory.Root, new ImageFolderOptions { ClassNames = ["dogs", "cats"] });
        Assert.Equal([0, 0, 1], reversed.Samples.GetClasses());
        Assert.Equal(10 / 255f, reversed.Samples.Input(2)[0]);
    }

    [Fact]
    public void Folders_of_numbers_are_in_the_order_of_numbers()
    {
        foreach (int name in (int[])[10, 9, 2])
            Write($"{name}/a.pgm", 1, 1, name);

        Assert.Equal(["2", "9", "10"], ImageFolder.Read(_directory.Root).ClassNames);
    }

    [Fact]
    public void Sizes_and_channels_are_made_one_where_that_is_asked_for()
    {
        Write("a/1.pgm", 2, 2, 0, 100, 100, 200);
        Write("a/2.pgm", 4, 4, [.. Enumerable.Repeat(50, 16)]);
        _directory.Write(Path.Combine("a", "3.ppm"), [.. "P6 1 1 255\n"u8, 10, 20, 30]);

        Assert.Contains("2.pgm has 4 x 4 pixels", Assert.Throws<InvalidDataException>(() => ImageFolder.Read(_directory.Root)).Message);
        MemoryDataset data = ImageFolder.Read(_directory.Root, new ImageFolderOptions { Size = (2, 2), Scale = 1 }).Samples;
        Assert.Equal([3, 2, 2], data.InputShape);
        Assert.Equal([0, 100, 100, 200, 0, 100, 100, 200, 0, 100, 100, 200], data.Input(0).ToArray());
        Assert.All(data.Input(1).ToArray(), value => Assert.Equal(50, value, 1e-4f));
        Assert.Equal([10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30], data.Input(2).ToArray());
        MemoryDataset grey = ImageFolder.Read(_directory.Root, new ImageFolderOptions { Size = (1, 1), Scale = 1, Channels = 1 }).Samples;
        Assert.Equal(100, grey.Input(0)[0], 1e-4f);
        Assert.Equal(0.299f * 10 + 0.587f * 20 + 0.114f * 30, grey.Input(2)[0], 1e-4f);
    }

    [Fact]
    public void Folders_without_classes_or_images_are_refused()
    {
        Assert.Contains("has no folders", Assert.Throws<InvalidDataException>(() => ImageFolder.Read(_directory.Root)).Message);
        Directory.CreateDirectory(Path.Combine(_directory.Root, "empty"));
        Assert.Contains("has no images", Assert.Throws<InvalidDataException>(() => ImageFolder.Read(_directory.Root)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolder.Read(_directory.Root, new ImageFolderOptions { Channels = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolder.Read(_directory.Root, new ImageFolderOptions { Size = (0, 1) }));
    }

    [Fact]
    public void A_class_without_images_is_refused_unless_the_classes_were_named()
    {
        Write("a/1.pgm", 1, 1, 7);
        Directory.CreateDirectory(Path.Combine(_directory.Root, "b"));
        Assert.Contains(
            $"{Path.Combine(_directory.Root, "b")} has no images", Assert.Throws<InvalidDataException>(() => ImageFolder.Read(_directory.Root)).Message);
        ImageFolderData named = ImageFolder.Read(_directory.Root, new ImageFolderOptions { ClassNames = ["b", "a"] });
        Assert.Equal((2, 1), (named.Samples.ClassCount, named.Samples.Class(0)));
        Assert.Contains($"There is no directory {Path.Combine(_directory.Root, "c")}.", Assert.Throws<DirectoryNotFoundException>(
            () => ImageFolder.Read(_directory.Root, new ImageFolderOptions { ClassNames = ["a", "c"] })).Message);
    }

    private void Write(string name, int width, int height, params int[] pixels)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_directory.Root, name))!);
        _directory.Write(name, [.. Encoding.ASCII.GetBytes($"P5 {width} {height} 255\n"), .. pixels.Select(pixel => (byte)pixel)]);
    }

    private string Refused(string name, byte[] file)
    {
        string path = _directory.Write(name, file);
        string message = Assert.Throws<InvalidDataException>(() => ImageFile.Read(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        return message;
    }

    private static byte[] Bitmap(int width, int height, int bits, byte[] palette, byte[] rows)
    {
        var header = new byte[54];
        (header[0], header[1]) = ((byte)'B', (byte)'M');
        BitConverter.TryWriteBytes(header.AsSpan(10), 54 + palette.Length);
        BitConverter.TryWriteBytes(header.AsSpan(14), 40);
        BitConverter.TryWriteBytes(header.AsSpan(18), width);
        BitConverter.TryWriteBytes(header.AsSpan(22), height);
        (header[26], header[28]) = (1, (byte)bits);
        return [.. header, .. palette, .. rows];
    }
}
