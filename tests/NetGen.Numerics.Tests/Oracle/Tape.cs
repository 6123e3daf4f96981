namespace NetGen.Numerics.Tests.Oracle;

/// <summary>A number that remembers what it was made of.</summary>
internal readonly record struct Traced(double Value, int Place);

/// <summary>
/// Numbers in the order they were made, each with its slopes along what it was made of: enough to differentiate any layer that is written forward
/// alone. (R. E. Wengert, "A simple automatic derivative evaluation program", 1964.)
/// </summary>
/// <param name="pass">What is counted for.</param>
internal sealed class Tape(Pass pass)
{
    private readonly List<(int Of, double Slope)[]> _entries = [];

    public Traced[] Read(IEnumerable<double> values) => [.. values.Select(value => Write(value, value))];

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

    public Traced Sum(params IEnumerable<Traced> terms) =>
        Write(terms.Sum(term => term.Value), terms.Sum(term => Math.Abs(term.Value)), [.. terms.Select(term => (term.Place, 1.0))]);

    public Traced Product(Traced a, Traced b) => Write(a.Value * b.Value, a.Value * b.Value, (a.Place, b.Value), (b.Place, a.Value));

    public Traced Scaled(Traced a, double factor) => Write(a.Value * factor, a.Value * factor, (a.Place, factor));

    /// <summary>The sum of products, with what it starts from.</summary>
    public Traced Dot(IEnumerable<Traced> a, IEnumerable<Traced> b, Traced? start = null)
    {
        (Traced First, Traced Second)[] pairs = [.. a.Zip(b)];
        IEnumerable<(int, double)> slopes = pairs.SelectMany(pair => new[] { (pair.First.Place, pair.Second.Value), (pair.Second.Place, pair.First.Value) });
        return Write(
            (start?.Value ?? 0) + pairs.Sum(pair => pair.First.Value * pair.Second.Value),
            Math.Abs(start?.Value ?? 0) + pairs.Sum(pair => Math.Abs(pair.First.Value * pair.Second.Value)),
            [.. slopes, .. start is { } from ? [(from.Place, 1.0)] : Array.Empty<(int, double)>()]);
    }

    public Traced Sigmoid(Traced x)
    {
        double y = 1 / (1 + Math.Exp(-x.Value));
        return Write(y, y, (x.Place, y * (1 - y)));
    }

    public Traced Tanh(Traced x)
    {
        double y = Math.Tanh(x.Value);
        return Write(y, y, (x.Place, 1 - (y * y)));
    }

    public Traced Root(Traced x)
    {
        double y = Math.Sqrt(x.Value);
        return Write(y, y, (x.Place, 0.5 / y));
    }

    public Traced Relu(Traced x)
    {
        pass.Saw(x.Value);
        return Write(Math.Max(0, x.Value), x.Value, (x.Place, x.Value > 0 ? 1 : 0));
    }

    /// <summary>eˣ / Σ eˣ.</summary>
    public Traced[] Softmax(Traced[] x)
    {
        double largest = x.Max(one => one.Value);
        double[] y = [.. x.Select(one => Math.Exp(one.Value - largest))];
        double sum = y.Sum();
        return [.. x.Select((_, i) => Write(
            y[i] / sum, y[i] / sum, [.. x.Select((other, j) => (other.Place, (y[i] / sum) * ((i == j ? 1 : 0) - (y[j] / sum))))]))];
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
        var gradients = new double[_entries.Count];
        var magnitudes = new double[_entries.Count];
        foreach ((Traced result, double slope) in results.Zip(gradient))
            Add(result.Place, slope);
        for (int i = gradients.Length - 1; i >= 0; i--)
        {
            // Nothing is added to it any more. Gradients are rounded as results are, so that one that cancels is what rounding leaves of it.
            gradients[i] = pass.Round(gradients[i], magnitudes[i]);
            foreach ((int of, double slope) in _entries[i])
                Add(of, gradients[i] * slope);
        }

        void Add(int place, double term)
        {
            gradients[place] += term;
            magnitudes[place] += Math.Abs(term);
        }

        return gradients;
    }

    private Traced Write(double value, double magnitude, params (int, double)[] made)
    {
        _entries.Add(made);
        return new Traced(made.Length == 0 ? value : pass.Round(value, magnitude), _entries.Count - 1);
    }
}

/// <summary>A layer that is written forward alone, number by number, and looks at one sample at a time.</summary>
internal abstract class TracedLayer : OracleLayer
{
    public sealed override double[][] Forward(double[][][] inputs, Pass pass) => [.. inputs[0].Select((_, sample) =>
    {
        var tape = new Tape(pass) { Sample = sample };
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
        var tape = new Tape(pass) { Sample = sample };
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
