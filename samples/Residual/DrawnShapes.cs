using NetGen.Data;
using NetGen.Maths;

namespace Residual;

/// <summary>
/// Pictures of 16 by 16 pixels that are made up: a disc, a square, a cross or a ring, somewhere, of some size and colour, on a noisy ground.
/// </summary>
internal static class DrawnShapes
{
    private const int Side = 16;

    public static IReadOnlyList<string> ClassNames { get; } = ["disc", "square", "cross", "ring"];

    public static MemoryDataset Draw(int count, int seed)
    {
        var random = new RandomStream(seed);
        var inputs = new float[count * 3 * Side * Side];
        var classes = new int[count];
        for (int sample = 0; sample < count; sample++)
        {
            classes[sample] = random.NextInt(ClassNames.Count);
            Draw(inputs.AsSpan(sample * 3 * Side * Side, 3 * Side * Side), classes[sample], ref random);
        }

        return new MemoryDataset(inputs, [3, Side, Side], classes, ClassNames.Count);
    }

    private static void Draw(Span<float> picture, int shape, ref RandomStream random)
    {
        float radius = 3 + 3 * random.NextSingle();
        float row = radius + (Side - 1 - 2 * radius) * random.NextSingle();
        float column = radius + (Side - 1 - 2 * radius) * random.NextSingle();
        for (int channel = 0; channel < 3; channel++)
        {
            float ground = random.NextSingle();
            // At least a third brighter or darker than the ground, in each colour.
            float colour = (ground + 0.35f + 0.3f * random.NextSingle()) % 1;
            for (int i = 0; i < Side * Side; i++)
            {
                bool isInside = Contains(shape, (i / Side - row) / radius, (i % Side - column) / radius);
                picture[channel * Side * Side + i] = (isInside ? colour : ground) + 0.1f * (random.NextSingle() - 0.5f);
            }
        }
    }

    /// <summary>Whether a shape of radius 1 around the origin has a point.</summary>
    private static bool Contains(int shape, float x, float y) => shape switch
    {
        0 => x * x + y * y <= 1,
        1 => Math.Max(Math.Abs(x), Math.Abs(y)) <= 0.85f,
        2 => Math.Min(Math.Abs(x), Math.Abs(y)) <= 0.3f && Math.Max(Math.Abs(x), Math.Abs(y)) <= 1,
        _ => x * x + y * y is <= 1 and >= 0.3f,
    };
}
