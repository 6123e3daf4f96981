using NetGen.Data;

namespace Digits;

/// <summary>The 1,797 handwritten digits inside this sample; data/README.md says whose they are.</summary>
internal static class SmallDigits
{
    /// <summary>Four fifths to learn from and one fifth to be tested on, with as many of each digit.</summary>
    public static (MemoryDataset Train, MemoryDataset Test) Load()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "data", "digits.csv.gz");
        // 64 grey values and the digit, which is the last column and so the class.
        Dataset table = Csv.Read(path, new CsvOptions { HasHeader = false }).Samples;
        var (train, test) = table.Split(0.8, seed: 1, stratify: true);
        return (AsImages(train), AsImages(test));
    }

    private static MemoryDataset AsImages(Dataset rows)
    {
        var pixels = new float[rows.Count * 64];
        var digits = new int[rows.Count];
        rows.Read([.. Enumerable.Range(0, rows.Count)], pixels, digits);
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] /= 16;                                  // grey values go from 0 to 16
        return new MemoryDataset(pixels, [1, 8, 8], digits, classCount: 10);
    }
}
