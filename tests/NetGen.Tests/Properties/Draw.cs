using FsCheck;
using FsCheck.Fluent;

namespace NetGen.Tests.Properties;

/// <summary>Properties that must hold whatever numbers are drawn.</summary>
internal static class Draw
{
    /// <summary>
    /// Checks a property for many seeds, each of which gives a stream of numbers to draw from. A failure names its seed.
    /// </summary>
    internal static void Check(Action<Numbers> property, int cases = 100) => Prop
        .ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            property(new Numbers(seed));
            return true;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true));
}

/// <summary>Numbers drawn from a seed.</summary>
internal sealed class Numbers(int seed)
{
    private RandomStream _random = new(seed);

    internal int Seed => seed;

    /// <summary>A whole number, both limits included.</summary>
    internal int Whole(int low, int high) => low + _random.NextInt(high - low + 1);

    internal double Real(double low, double high) => low + (high - low) * _random.NextDouble();

    internal float Single(float low, float high) => low + (high - low) * _random.NextSingle();

    /// <summary>A number each of whose magnitudes is equally likely.</summary>
    internal double Magnitude(double low, double high) => low * Math.Pow(high / low, _random.NextDouble());

    internal T OneOf<T>(params T[] choices) => choices[_random.NextInt(choices.Length)];
}
