using System.Numerics;

namespace NetGen.Maths;

/// <summary>
/// A small, fast random number generator whose draws are the same on every machine: the source of first parameters,
/// shuffles and augmentations.
/// </summary>
/// <remarks>
/// The generator is xoshiro256** (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", 2021), its
/// state filled by SplitMix64 (G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", 2014).
/// Every operation used here is an integer operation or a correctly rounded one of IEEE 754 (add, multiply, divide, square
/// root). The mathematical functions of a platform are not: their last bits differ between systems, so the normal
/// distribution brings its own logarithm. This is a mutable value: pass it by reference, or it repeats itself.
/// It is not meant for secrets.
/// </remarks>
public struct RandomStream
{
    /// <summary>The number of words <see cref="CopyStateTo"/> writes.</summary>
    public const int StateLength = 4;

    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>A stream of its own for every pair of numbers.</summary>
    /// <param name="seed">The seed; any number is as good as any other.</param>
    /// <param name="stream">Which of the seed's streams: the index of a tensor or of an epoch, for example.</param>
    public RandomStream(int seed, ulong stream = 0)
        : this(unchecked((ulong)seed), stream)
    {
    }

    /// <summary>A stream of a key: of 64 bits that were themselves drawn, or of a seed made different from its other uses.</summary>
    internal RandomStream(ulong key, ulong stream = 0)
    {
        // Key and stream are mixed one after the other, so that (1, 2) and (2, 1) have nothing in common.
        ulong counter = Mix(Mix(key + Golden) + stream * Golden);
        _s0 = Mix(counter += Golden);
        _s1 = Mix(counter += Golden);
        _s2 = Mix(counter += Golden);
        _s3 = Mix(counter + Golden);
    }

    /// <summary>Continues a stream from where <see cref="CopyStateTo"/> left it.</summary>
    /// <param name="state"><see cref="StateLength"/> words, not all zero.</param>
    /// <exception cref="ArgumentException">The state has another length or is all zero.</exception>
    public static RandomStream FromState(ReadOnlySpan<ulong> state)
    {
        if (state.Length != StateLength)
            throw new ArgumentException($"A random state has {StateLength} words, found {state.Length}.", nameof(state));
        if (!state.ContainsAnyExcept(0ul))
            throw new ArgumentException("A random state is never all zero.", nameof(state));

        return new RandomStream { _s0 = state[0], _s1 = state[1], _s2 = state[2], _s3 = state[3] };
    }

    /// <summary>Writes the state, so that the stream can be continued later.</summary>
    /// <param name="state">Room for <see cref="StateLength"/> words.</param>
    public readonly void CopyStateTo(Span<ulong> state)
    {
        state[3] = _s3;
        state[2] = _s2;
        state[1] = _s1;
        state[0] = _s0;
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A multiple of 2⁻²⁴ in [0, 1), each equally likely.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>A multiple of 2⁻⁵³ in [0, 1), each equally likely.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1ul << 53));

    /// <summary>A number in [0, <paramref name="limit"/>), each exactly equally likely.</summary>
    /// <remarks>D. Lemire, "Fast random integer generation in an interval", 2019.</remarks>
    /// <param name="limit">The first number that is too large, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public int NextInt(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        uint range = (uint)limit;
        ulong product = (NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            // The few values that would make some results likelier than others are drawn again.
            uint threshold = (0u - range) % range;
            while ((uint)product < threshold)
                product = (NextUInt64() >> 32) * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>A number from the normal distribution with mean 0 and variance 1.</summary>
    /// <remarks>
    /// The polar method (G. Marsaglia and T. Bray, "A convenient method for generating normal variables", 1964): a point
    /// (u, v) drawn inside the unit circle at squared radius q gives u·√(−2 ln q / q). The twin v·√(…) is not kept, so
    /// that a stream's state is nothing but its generator's.
    /// </remarks>
    public double NextGaussian()
    {
        while (true)
        {
            double u = 2 * NextDouble() - 1;
            double v = 2 * NextDouble() - 1;
            double q = u * u + v * v;
            if (q > 0 && q < 1)
                return u * Math.Sqrt(-2 * PortableMath.Log(q) / q);
        }
    }

    /// <summary>Puts the items into a random order, each order equally likely (Fisher and Yates).</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items, reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
