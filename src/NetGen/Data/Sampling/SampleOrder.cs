namespace NetGen.Data;

/// <summary>The order in which an epoch visits the samples.</summary>
public static class SampleOrder
{
    // Its own family of streams, so that an epoch's order has nothing in common with what else is drawn from the seed.
    private const ulong Family = 0x4F52444552;

    /// <summary>Fills in all numbers from 0, shuffled for an epoch.</summary>
    /// <param name="order">As many places as there are samples, overwritten.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch, from 0. Any epoch's order can be found without those before it.</param>
    public static void Shuffle(Span<int> order, int seed, int epoch)
    {
        Sequence(order);
        var random = new RandomStream(unchecked((ulong)seed) ^ Family, (ulong)epoch);
        random.Shuffle(order);
    }

    /// <summary>Fills in all numbers from 0, in sequence.</summary>
    /// <param name="order">As many places as there are samples, overwritten.</param>
    public static void Sequence(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
    }
}
