using System.Numerics;

namespace NetGen;

/// <summary>
/// The parts of a loss that depend on weights alone, L1 · Σ |w| + L2 · Σ w² of each layer that asks for them. Blocks of fixed places are summed up in
/// their order, so that any number of threads finds the same bits.
/// </summary>
internal sealed class Penalties
{
    // As long as those of norms: enough to share, few enough to add up.
    private static int BlockLength => Gradients.NormBlock;

    /// <summary>A stretch of the parameter block: a tensor with its padding, which is zero and costs nothing, or a part of one.</summary>
    private readonly record struct Stretch(int Start, int End, float L1, float L2);

    private readonly Stretch[] _stretches;
    private readonly double[] _sums;

    internal Penalties(NetworkDescription network)
    {
        ParameterDescription[] tensors = [.. network.Parameters.OrderBy(tensor => tensor.Layout.Offset)];
        IEnumerable<int> ends = tensors.Skip(1).Select(next => next.Layout.Offset).Append(network.ParameterBlockLength);
        _stretches = [.. tensors.Zip(ends)
            .Where(pair => pair.First.L1 != 0 || pair.First.L2 != 0)
            .SelectMany(pair => Cut(pair.First.Layout.Offset, pair.Second, pair.First))];
        _sums = new double[_stretches.Length];
    }

    /// <summary>Whether there are none.</summary>
    internal bool IsEmpty => _stretches.Length == 0;

    /// <summary>What the workers share.</summary>
    internal int Count => _stretches.Length;

    /// <summary>Computes some of the parts of the whole.</summary>
    internal void Measure(ReadOnlySpan<float> parameters, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            Stretch stretch = _stretches[i];
            ReadOnlySpan<float> weights = parameters[stretch.Start..stretch.End];
            double absolute = 0;
            if (stretch.L1 != 0)
            {
                foreach (float weight in weights)
                    absolute += Math.Abs(weight);
            }

            double squares = stretch.L2 != 0 ? Gradients.SumOfSquares(weights) : 0;
            _sums[i] = (stretch.L1 * absolute) + (stretch.L2 * squares);
        }
    }

    /// <summary>The whole, of parts that have been measured.</summary>
    internal double Total()
    {
        double total = 0;
        foreach (double sum in _sums)
            total += sum;
        return total;
    }

    /// <summary>The whole, measured on one thread.</summary>
    internal double Of(ReadOnlySpan<float> parameters)
    {
        Measure(parameters, 0, Count);
        return Total();
    }

    /// <summary>Adds the derivatives to those of the outputs' losses, within a stretch of the block: L1 · sign(w) + 2 · L2 · w.</summary>
    internal void AddGradient(ReadOnlySpan<float> parameters, Span<float> gradient, int from, int to)
    {
        foreach (Stretch stretch in _stretches)
        {
            int start = Math.Max(stretch.Start, from), end = Math.Min(stretch.End, to);
            if (start < end)
                AddGradient(parameters[start..end], gradient[start..end], stretch.L1, 2 * stretch.L2);
        }
    }

    private static void AddGradient(ReadOnlySpan<float> weights, Span<float> gradient, float absolute, float linear)
    {
        int i = 0;
        Vector<float> one = new(absolute), slope = new(linear);
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var weight = new Vector<float>(weights[i..]);
            Vector<float> sign =
                Vector.ConditionalSelect(Vector.Equals(weight, Vector<float>.Zero), Vector<float>.Zero, Vector.CopySign(one, weight));
            (new Vector<float>(gradient[i..]) + (sign + slope * weight)).CopyTo(gradient[i..]);
        }

        for (; i < weights.Length; i++)
            gradient[i] += (weights[i] == 0 ? 0 : MathF.CopySign(absolute, weights[i])) + (linear * weights[i]);
    }

    private static IEnumerable<Stretch> Cut(int start, int end, ParameterDescription tensor)
    {
        for (int from = start; from < end; from += BlockLength)
            yield return new Stretch(from, Math.Min(from + BlockLength, end), tensor.L1, tensor.L2);
    }
}
