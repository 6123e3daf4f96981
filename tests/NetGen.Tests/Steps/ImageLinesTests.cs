namespace NetGen.Tests.Steps;

/// <summary>Some lines of an image, of which the first or the last are outside of it, beside memory that is somebody else's.</summary>
[Trait("Category", "Numeric")]
public sealed class ImageLinesTests
{
    private const int Channels = 3, Height = 5, Width = 7, Line = 9;

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 3)]
    [InlineData(-2, 4)]
    [InlineData(3, 6)]
    [InlineData(-1, 7)]
    [InlineData(5, 2)]
    [InlineData(-3, 3)]
    public void Lines_outside_of_the_image_are_zeros(int first, int count)
    {
        const int Between = 4;
        float[] image = [.. Enumerable.Range(1, Channels * Height * Width).Select(i => (float)i)];
        int channel = (count * Line) + Between;
        float[] copy = [.. Enumerable.Repeat(-1f, Channels * channel)];
        ImageLines.Copy(ref copy[0], channel, Line, in image[0], Channels, Height, Width, first, count);
        for (int i = 0; i < copy.Length; i++)
        {
            (int c, int line, int column) = (i / channel, (i % channel / Line) + first, i % channel % Line);
            bool isCopied = i % channel < count * Line && column < Width;
            float expected = !isCopied ? -1 : line is < 0 or >= Height ? 0 : image[(((c * Height) + line) * Width) + column];
            Assert.Equal(expected, copy[i]);
        }
    }
}
