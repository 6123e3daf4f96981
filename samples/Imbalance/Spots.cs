using NetGen.Data;
using NetGen.Maths;

namespace Imbalance;

/// <summary>Bright spots on mammograms, one in forty of which is a calcification.</summary>
internal static class Spots
{
    private const int Features = 6;
    private const int Harmless = 10_923;
    private const int Calcifications = 260;

    /// <summary>The mammography data set (K. Woods et al., 1993): six measurements, then '-1' or '1'.</summary>
    public static Dataset Read(string path)
    {
        var data = Csv.Read(path, new CsvOptions { HasHeader = false, Quote = '\'' });
        return data.Samples is { InputLength: Features, ClassCount: 2 } samples
            ? samples
            : throw new InvalidDataException(
                $"{path}: {Features} numbers and one of two classes are expected in each line, found {data.Samples.InputLength} numbers "
                + $"and {data.Samples.ClassCount} classes.");
    }

    /// <summary>
    /// Made up, with as many samples of both kinds as the real ones: normally distributed, the rare ones a little apart, so that
    /// some lie among the others.
    /// </summary>
    public static Dataset MakeUp(int seed)
    {
        var random = new RandomStream(seed);
        var inputs = new float[(Harmless + Calcifications) * Features];
        var classes = new int[Harmless + Calcifications];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = i < Harmless ? 0 : 1;
            for (int feature = 0; feature < Features; feature++)
            {
                double apart = classes[i] == 0 ? 0 : feature % 2 == 0 ? 1.1 : -0.6;
                double spread = classes[i] == 0 ? 1 : 0.8;
                inputs[i * Features + feature] = (float)(apart + spread * random.NextGaussian());
            }
        }

        return new MemoryDataset(inputs, [Features], classes, classCount: 2);
    }
}
