using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>
/// What a network must compute, tensor by tensor, and by how much the rounding to floats may change it: that is measured, by passes of the oracle
/// with random errors of that size, where a tensor is off by more than usual. A bias in front of a norm, for example, has a gradient that is
/// nothing else.
/// </summary>
internal sealed class Expectation
{
    // Relative to the largest magnitude of a tensor, as for the reference set; a few layers add up.
    private const double Tolerance = 2e-5;

    private const int NoisyPasses = 3;
    private const double NoiseFactor = 32;

    private readonly Func<Pass, Dictionary<string, double[]>> _evaluate;
    private readonly Dictionary<string, double[]> _exact;
    private readonly bool _isTraining;
    private Dictionary<string, double[]>[]? _noisy;

    private Expectation(bool isTraining, Func<Pass, Dictionary<string, double[]>> evaluate)
    {
        _isTraining = isTraining;
        _evaluate = evaluate;
        _exact = evaluate(new Pass(isTraining));
    }

    /// <summary>The names of what is expected.</summary>
    public IEnumerable<string> Names => _exact.Keys;

    public double[] this[string name] => _exact[name];

    /// <summary>The outputs of predictions.</summary>
    public static Expectation OfPrediction(OracleNetwork oracle, double[][] inputs) => new(isTraining: false, pass => new()
    {
        ["outputs"] = [.. oracle.Predict(inputs, pass).SelectMany(row => row)],
    });

    /// <summary>The loss of a batch, the gradient of its inputs and that of every parameter, and the next values of states.</summary>
    public static Expectation OfTraining(OracleNetwork oracle, double[][] inputs, double[][] targets) => new(isTraining: true, pass =>
    {
        (double loss, double[][] inputGradient) = oracle.Differentiate(inputs, targets, pass);
        var values = new Dictionary<string, double[]>
        {
            ["loss"] = [loss],
            ["gradient of the input"] = [.. inputGradient.SelectMany(row => row)],
        };
        foreach ((string name, OracleTensor tensor) in oracle.Tensors)
            values[name] = [.. tensor.Gradient];
        return values;
    });

    public void Check(string name, ReadOnlySpan<float> found, string when) =>
        Agree.Within(Tolerance, [.. _exact[name].Select(value => (float)value)], found, name + when, () => NoiseFactor * Noise(name));

    /// <summary>The largest difference that the errors of rounding make.</summary>
    private double Noise(string name)
    {
        _noisy ??= [.. Enumerable.Range(1, NoisyPasses).Select(seed => _evaluate(new Pass(_isTraining, new Random(seed))))];
        return _noisy.Max(noisy => noisy[name].Zip(_exact[name], (a, b) => Math.Abs(a - b)).Max());
    }
}
