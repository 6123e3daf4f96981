namespace NetGen.Tests.Maths;

/// <summary>Transposes of matrices whose sides are whole blocks, and are not, beside memory that is somebody else's.</summary>
[Trait("Category", "Numeric")]
public sealed class TranspositionTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 64, 3, 64)]
    [InlineData(4, 4, 4, 4)]
    [InlineData(15, 17, 16, 32)]
    [InlineData(16, 4, 16, 4)]
    [InlineData(16, 3, 20, 3)]
    [InlineData(33, 31, 40, 37)]
    [InlineData(52, 20, 64, 20)]
    [InlineData(18, 37, 18, 37)]
    [InlineData(26, 21, 32, 24)]
    [InlineData(5, 6, 5, 6)]
    [InlineData(64, 48, 1024, 48)]
    public void Every_element_changes_its_place(int rows, int columns, int yStride, int xStride)
    {
        float[] x = [.. Enumerable.Range(0, rows * xStride).Select(i => i + 1f)];
        var y = new float[columns * yStride];
        Array.Fill(y, -1);
        Transposition.Copy(ref y[0], yStride, in x[0], xStride, rows, columns);
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r < yStride; r++)
                Assert.Equal(r < rows ? x[(r * xStride) + c] : -1, y[(c * yStride) + r]);
        }
    }
}
