using System.Runtime.InteropServices;

namespace NetGen.Numerics.Tests.Oracle;

/// <summary>A number that remembers what it was made of.</summary>
internal readonly record struct Traced(double Value, int Place);

/// <summary>
/// Numbers in the order they were made, each with its slopes along what it was made of: enough to differentiate any layer that is written forward
/// alone. (R. E. Wengert, "A simple automatic derivative evaluation program", 1964.)
/// </summary>
/// <param name="pass">What is counted for.</param>
/// <param name="isRecording">Whether gradients are asked for: a tape that keeps no slopes costs a fraction.</param>
internal sealed class Tape(Pass pass, bool isRecording)
{
    // Of all numbers, one after the other, and where each number's begin.
    private readonly List<(int Of, double Slope)> _slopes = [];
    private readonly List<int> _begins = [];

    public Traced[] Read(IEnumerable<double> values) => [.. values.Select(value => Begin(value))];

    /// <summary>The sample that it is of.</summary>
    public int Sample { get; init; }

    /// <summary>The same numbers, made of nothing: no gradient flows back from them.</summary>
    public Traced[] Cut(object layer, string place, Traced[] values)
    {
        double[] constants = [.. values.Select(value => value.Value)];
        if (pass.Constants is { } known && !known.TryAdd((layer, $"{place} of sample {Sample}"), constants))
            constants = known[(layer, $"{place} of sample {Sample}")];
        return Read(constants);
    }

    public Traced Sum(params ReadOnlySpan<Traced> terms)
    {
        (double sum, double magnitude) = (0, 0);
        foreach (Traced term in terms)
        {
            sum += term.Value;
            magnitude += Math.Abs(term.Value);
        }

        Traced result = Begin(pass.Round(sum, magnitude));
        foreach (Traced term in terms)
            Record(term, 1);
        return result;
    }

    public Traced Product(Traced a, Traced b)
    {
        Traced result = Begin(pass.Round(a.Value * b.Value));
        Record(a, b.Value);
        Record(b, a.Value);
        return result;
    }

    public Traced Scaled(Traced a, double factor) => Write(a.Value * factor, a, factor);

    /// <summary>The sum of products, with what it starts from.</summary>
    public Traced Dot(ReadOnlySpan<Traced> a, ReadOnlySpan<Traced> b, Traced? start = null)
    {
        (double sum, double magnitude) = (0, 0);
        for (int i = 0; i < a.Length; i++)
        {
            double product = a[i].Value * b[i].Value;
            sum += product;
            magnitude += Math.Abs(product);
        }

        if (start is not { } from)
            return Begin(pass.Round(sum, magnitude), a, b);
        Traced result = Begin(pass.Round(from.Value + sum, Math.Abs(from.Value) + magnitude), a, b);
        Record(from, 1);
        return result;
    }

    public Traced Sigmoid(Traced x)
    {
        double y = 1 / (1 + Math.Exp(-x.Value));
        return Write(y, x, y * (1 - y));
    }

    public Traced Tanh(Traced x)
    {
        double y = Math.Tanh(x.Value);
        return Write(y, x, 1 - (y * y));
    }

    public Traced Root(Traced x)
    {
        double y = Math.Sqrt(x.Value);
        return Write(y, x, 0.5 / y);
    }

    public Traced Relu(Traced x)
    {
        pass.Saw(x.Value);
        Traced result = Begin(pass.Round(Math.Max(0, x.Value), x.Value));
        Record(x, x.Value > 0 ? 1 : 0);
        return result;
    }

    /// <summary>eˣ / Σ eˣ.</summary>
    public Traced[] Softmax(Traced[] x)
    {
        double largest = x.Max(one => one.Value);
        double[] powers = [.. x.Select(one => Math.Exp(one.Value - largest))];
        double sum = powers.Sum();
        double[] y = [.. powers.Select(power => power / sum)];
        var results = new Traced[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            results[i] = Begin(pass.Round(y[i]));
            for (int j = 0; j < x.Length; j++)
                Record(x[j], y[i] * ((i == j ? 1 : 0) - y[j]));
        }

        return results;
    }

    public Traced Largest(Traced[] x)
    {
        int best = Enumerable.Range(0, x.Length).MaxBy(i => x[i].Value);
        pass.Decided(best);
        foreach (Traced other in x.Where((_, i) => i != best))
            pass.Saw(x[best].Value - other.Value);
        return x[best];
    }

    /// <summary>The gradients of everything, of results with these.</summary>
    public double[] Gradients(IEnumerable<Traced> results, double[] gradient)
    {
        var gradients = new double[_begins.Count];
        var magnitudes = new double[_begins.Count];
        foreach ((Traced result, double slope) in results.Zip(gradient))
            Add(result.Place, slope);
        ReadOnlySpan<(int Of, double Slope)> slopes = CollectionsMarshal.AsSpan(_slopes);
        for (int i = gradients.Length - 1; i >= 0; i--)
        {
            // Nothing is added to it any more. Gradients are rounded as results are, so that one that cancels is what rounding leaves of it.
            gradients[i] = pass.Round(gradients[i], magnitudes[i]);
            foreach ((int of, double slope) in slopes[_begins[i]..])
                Add(of, gradients[i] * slope);
            slopes = slopes[.._begins[i]];
        }

        void Add(int place, double term)
        {
            gradients[place] += term;
            magnitudes[place] += Math.Abs(term);
        }

        return gradients;
    }

    /// <summary>The next number, whose slopes are recorded next.</summary>
    private Traced Begin(double value)
    {
        if (!isRecording)
            return new Traced(value, 0);
        _begins.Add(_slopes.Count);
        return new Traced(value, _begins.Count - 1);
    }

    private Traced Begin(double value, ReadOnlySpan<Traced> a, ReadOnlySpan<Traced> b)
    {
        Traced result = Begin(value);
        for (int i = 0; i < a.Length && isRecording; i++)
        {
            Record(a[i], b[i].Value);
            Record(b[i], a[i].Value);
        }

        return result;
    }

    private void Record(Traced of, double slope)
    {
        if (isRecording)
            _slopes.Add((of.Place, slope));
    }

    private Traced Write(double value, Traced of, double slope)
    {
        Traced result = Begin(pass.Round(value));
        Record(of, slope);
        return result;
    }
}

/// <summary>A layer that is written forward alone, number by number, and looks at one sample at a time.</summary>
internal abstract class TracedLayer : OracleLayer
{
    public sealed override double[][] Forward(double[][][] inputs, Pass pass) => [.. inputs[0].Select((_, sample) =>
    {
        var tape = new Tape(pass, isRecording: false) { Sample = sample };
        return (double[])[.. Forward(tape, [.. inputs.Select(input => tape.Read(input[sample]))], Stored(tape)).Select(y => y.Value)];
    })];

    public sealed override double[][][] Backward(double[][][] inputs, double[][] outputs, double[][] gradient, Pass pass)
    {
        double[][][] dx = [.. inputs.Select(input => new double[input.Length][])];
        for (int sample = 0; sample < gradient.Length; sample++)
        {
            double[][] slopes = Backward(sample, [.. inputs.Select(input => input[sample])], gradient[sample], pass);
            for (int input = 0; input < inputs.Length; input++)
                dx[input][sample] = slopes[input];
        }

        return dx;
    }

    private double[][] Backward(int sample, double[][] x, double[] dy, Pass pass)
    {
        var tape = new Tape(pass, isRecording: true) { Sample = sample };
        Traced[][] inputs = [.. x.Select(tape.Read)];
        Dictionary<string, Traced[]> stored = Stored(tape);
        double[] gradients = tape.Gradients(Forward(tape, inputs, stored), dy);
        foreach (OracleTensor tensor in Tensors)
        {
            foreach ((int i, Traced number) in stored[tensor.Role].Index())
                tensor.Gradient[i] += gradients[number.Place];
        }

        return [.. inputs.Select(input => (double[])[.. input.Select(number => gradients[number.Place])])];
    }

    /// <summary>The results for a sample.</summary>
    /// <param name="tape">Where they are written down.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="stored">The parameters by their names.</param>
    protected abstract IReadOnlyList<Traced> Forward(Tape tape, Traced[][] inputs, IReadOnlyDictionary<string, Traced[]> stored);

    private Dictionary<string, Traced[]> Stored(Tape tape) => Tensors.ToDictionary(tensor => tensor.Role, tensor => tape.Read(tensor.Values));
}
