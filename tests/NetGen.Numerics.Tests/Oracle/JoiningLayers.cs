namespace NetGen.Numerics.Tests.Oracle;

/// <summary>A layer of several inputs, which takes no number among modules.</summary>
internal abstract class JoiningLayer : OracleLayer
{
    public sealed override bool IsModule => false;
}

/// <summary>Sum, difference or product, element by element, with what is 1 long repeated.</summary>
internal sealed class OracleElementwise(string attribute) : JoiningLayer
{
    public override string Attribute => attribute;

    public override double[][] Forward(double[][][] inputs, Pass pass) => [.. inputs[0].Select((_, s) => (double[])[.. Operands().Select(at =>
    {
        double[] values = [.. at.Select((offset, i) => inputs[i][s][offset])];
        return attribute switch
        {
            "Add" => pass.Round(values.Sum(), values.Sum(Math.Abs)),
            "Subtract" => pass.Round(values[0] - values.Skip(1).Sum(), values.Sum(Math.Abs)),
            _ => pass.Round(values.Aggregate((a, b) => a * b)),
        };
    })])];

    public override double[][][] Backward(double[][][] inputs, double[][] outputs, double[][] gradient, Pass pass)
    {
        double[][][] dx = [.. inputs.Select(input => input.Select(row => new double[row.Length]).ToArray())];
        foreach ((int o, int[] at) in Operands().Index())
        {
            for (int s = 0; s < gradient.Length; s++)
            {
                for (int i = 0; i < at.Length; i++)
                {
                    double slope = attribute switch
                    {
                        "Add" => 1,
                        "Subtract" => i == 0 ? 1 : -1,
                        _ => at.Index().Where(other => other.Index != i).Aggregate(1.0, (product, other) => product * inputs[other.Index][s][other.Item]),
                    };
                    dx[i][s][at[i]] += pass.Round(gradient[s][o] * slope);
                }
            }
        }

        return dx;
    }

    protected override int[] OutputShape() => [.. Input.Select((_, d) => Inputs.Max(shape => shape[d]))];

    /// <summary>For each output where its operands lie.</summary>
    private IEnumerable<int[]> Operands() => Places.Of(Output).Select(place =>
        Inputs.Select(shape => Places.Offset(shape, place.Select((p, d) => shape[d] == 1 ? 0 : p))).ToArray());
}

/// <summary>One behind the other along a dimension.</summary>
internal sealed class OracleConcat(int axis = 0) : JoiningLayer
{
    public override string Attribute => axis == 0 ? "Concat" : $"Concat(Axis = {axis})";

    public override double[][] Forward(double[][][] inputs, Pass pass) =>
        [.. inputs[0].Select((_, s) => (double[])[.. Sources().Select(from => inputs[from.Input][s][from.Offset])])];

    public override double[][][] Backward(double[][][] inputs, double[][] outputs, double[][] gradient, Pass pass)
    {
        double[][][] dx = [.. inputs.Select(input => input.Select(row => new double[row.Length]).ToArray())];
        foreach ((int o, (int input, int offset)) in Sources().Index())
        {
            for (int s = 0; s < gradient.Length; s++)
                dx[input][s][offset] += gradient[s][o];
        }

        return dx;
    }

    protected override int[] OutputShape() => [.. Input.Select((extent, d) => d == axis ? Inputs.Sum(shape => shape[axis]) : extent)];

    private IEnumerable<(int Input, int Offset)> Sources() => Places.Of(Output).Select(place =>
    {
        int input = 0;
        int[] at = [.. place];
        for (; at[axis] >= Inputs[input][axis]; input++)
            at[axis] -= Inputs[input][axis];
        return (input, Places.Offset(Inputs[input], at));
    });
}

/// <summary>down(silu(gate x) · up x), each of the three a dense layer.</summary>
internal sealed class OracleSwiGlu(int hidden, bool bias = true) : SampleLayer
{
    public override string Attribute => bias ? $"SwiGlu({hidden})" : $"SwiGlu({hidden}, Bias = false)";

    public override OracleLayer? Implied(int[] shape) => shape.Length > 1 ? new OracleFlatten() : null;

    protected override double[] Forward(double[] x, Pass pass) => Product("down", Gated(x, pass), pass);

    protected override double[] Backward(double[] x, double[] y, double[] dy, Pass pass)
    {
        double[] gate = Product("gate", x, pass), up = Product("up", x, pass);
        double[] gated = Gated(x, pass);
        double[] slope = ProductBackward("down", gated, dy, pass);
        double[] throughGate = ProductBackward("gate", x, [.. slope.Select((s, i) => pass.Round(s * up[i] * SiluSlope(gate[i])))], pass);
        double[] throughUp = ProductBackward("up", x, [.. slope.Select((s, i) => pass.Round(s * gate[i] * Sigmoid(gate[i])))], pass);
        return [.. throughGate.Zip(throughUp, (a, b) => pass.Round(a + b, Math.Abs(a) + Math.Abs(b)))];
    }

    protected override int[] OutputShape() => Input;

    protected override IEnumerable<OracleTensor> Store()
    {
        int inputs = Input[0];
        foreach ((string role, int rows, int columns) in new[] { ("gate", hidden, inputs), ("up", hidden, inputs), ("down", inputs, hidden) })
        {
            yield return OracleTensor.Weight($"{role}.weight", rows * columns, columns);
            if (bias)
                yield return OracleTensor.Bias($"{role}.bias", rows);
        }
    }

    private double[] Gated(double[] x, Pass pass) =>
        [.. Product("gate", x, pass).Zip(Product("up", x, pass), (g, u) => pass.Round(g * Sigmoid(g) * u))];

    private double[] Product(string role, double[] x, Pass pass)
    {
        double[] weight = Tensor($"{role}.weight")!.Values;
        double[]? biases = Tensor($"{role}.bias")?.Values;
        return [.. Enumerable.Range(0, weight.Length / x.Length).Select(o =>
        {
            double[] terms = [biases?[o] ?? 0, .. x.Select((value, i) => value * weight[o * x.Length + i])];
            return pass.Round(terms.Sum(), terms.Sum(Math.Abs));
        })];
    }

    private double[] ProductBackward(string role, double[] x, double[] dy, Pass pass)
    {
        OracleTensor weight = Tensor($"{role}.weight")!;
        OracleTensor? biases = Tensor($"{role}.bias");
        for (int o = 0; o < dy.Length; o++)
        {
            if (biases is not null)
                biases.Gradient[o] += dy[o];
            for (int i = 0; i < x.Length; i++)
                weight.Gradient[o * x.Length + i] += dy[o] * x[i];
        }

        return [.. x.Select((_, i) =>
        {
            double[] terms = [.. dy.Select((slope, o) => slope * weight.Values[o * x.Length + i])];
            return pass.Round(terms.Sum(), terms.Sum(Math.Abs));
        })];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double SiluSlope(double x) => Sigmoid(x) * (1 + x * (1 - Sigmoid(x)));
}
