namespace NetGen.Numerics.Tests.Oracle;

/// <summary>
/// Attention of several heads, as PyTorch's <c>MultiheadAttention</c>: of a sequence with itself, or with the steps of a second input as keys and
/// values, or with those of a second and a third.
/// </summary>
internal sealed class OracleAttention(int heads, bool isCausal = false, bool isSeparate = false, RotaryPositions rotary = RotaryPositions.None, double rotaryBase = 10000)
    : TracedLayer
{
    public override string Attribute => $"MultiHeadAttention({string.Join(", ", ((string?[])
    [
        $"{heads}",
        isCausal ? "Causal = true" : null,
        isSeparate ? "Separate = true" : null,
        rotary == RotaryPositions.None ? null : $"Rotary = RotaryPositions.{rotary}",
        rotaryBase == 10000 ? null : $"RotaryBase = {rotaryBase}",
    ]).OfType<string>())})";

    private int[] Keys => Inputs.ElementAtOrDefault(1) ?? Input;

    private int[] Values => Inputs.ElementAtOrDefault(2) ?? Keys;

    private bool IsJoint => Inputs.Length == 1 && !isSeparate;

    private int Size => Input[1] / heads;

    protected override int[] OutputShape() => Input;

    protected override IEnumerable<OracleTensor> Store()
    {
        int features = Input[1];
        if (IsJoint)
        {
            yield return OracleTensor.Weight("in_proj_weight", 3 * features * features, features);
            yield return OracleTensor.Bias("in_proj_bias", 3 * features);
        }
        else
        {
            foreach ((string name, int inputs) in new[] { ("q", features), ("k", Keys[1]), ("v", Values[1]) })
            {
                yield return OracleTensor.Weight($"{name}_proj_weight", features * inputs, inputs);
                yield return OracleTensor.Bias($"{name}_proj_bias", features);
            }
        }

        yield return OracleTensor.Weight("out_proj.weight", features * features, features);
        yield return OracleTensor.Bias("out_proj.bias", features);
    }

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[][] inputs, IReadOnlyDictionary<string, Traced[]> stored)
    {
        Traced[][] queries = Projected(0, "q", inputs[0], Input[1]), keys = Projected(1, "k", inputs.ElementAtOrDefault(1) ?? inputs[0], Keys[1]);
        Traced[][] values = Projected(2, "v", inputs.ElementAtOrDefault(2) ?? inputs.ElementAtOrDefault(1) ?? inputs[0], Values[1]);
        var context = new List<Traced>();
        for (int t = 0; t < queries.Length; t++)
        {
            var joined = new List<Traced>();
            for (int head = 0; head < heads; head++)
            {
                Range part = (head * Size)..((head + 1) * Size);
                int[] seen = [.. Enumerable.Range(0, isCausal ? t + 1 : keys.Length)];
                Traced[] query = Turned(tape, queries[t][part], t);
                Traced[] weights = tape.Softmax([.. seen.Select(s => tape.Scaled(tape.Dot(query, Turned(tape, keys[s][part], s)), 1 / Math.Sqrt(Size)))]);
                joined.AddRange(Enumerable.Range(head * Size, Size).Select(d => tape.Dot(weights, (Traced[])[.. seen.Select(s => values[s][d])])));
            }

            context.AddRange(Product([.. joined], stored["out_proj.weight"], stored["out_proj.bias"]));
        }

        return context;

        Traced[] Product(Traced[] step, IEnumerable<Traced> weight, Traced[] bias) =>
            [.. weight.Chunk(step.Length).Select((row, n) => tape.Dot(row, step, bias[n]))];

        // Of one product the rows of queries, keys and values lie one behind the other.
        Traced[][] Projected(int third, string name, Traced[] sequence, int features)
        {
            (int width, Range biases) = (Input[1], IsJoint ? (third * Input[1])..((third + 1) * Input[1]) : ..);
            Range rows = IsJoint ? (third * width * features)..((third + 1) * width * features) : ..;
            (string weight, string bias) = IsJoint ? ("in_proj_weight", "in_proj_bias") : ($"{name}_proj_weight", $"{name}_proj_bias");
            return [.. sequence.Chunk(features).Select(step => Product(step, stored[weight][rows], stored[bias][biases]))];
        }
    }

    /// <summary>Each pair of features turned by the angle of its step.</summary>
    private Traced[] Turned(Tape tape, Traced[] head, int step)
    {
        if (rotary == RotaryPositions.None)
            return head;
        Traced[] turned = [.. head];
        for (int pair = 0; pair < Size / 2; pair++)
        {
            (int x, int y) = rotary == RotaryPositions.Neighbours ? (2 * pair, (2 * pair) + 1) : (pair, pair + (Size / 2));
            double angle = step / Math.Pow(rotaryBase, 2.0 * pair / Size);
            (double sin, double cos) = Math.SinCos(angle);
            turned[x] = tape.Sum(tape.Scaled(head[x], cos), tape.Scaled(head[y], -sin));
            turned[y] = tape.Sum(tape.Scaled(head[y], cos), tape.Scaled(head[x], sin));
        }

        return turned;
    }
}

/// <summary>Positions that are learned, added to the features of each step.</summary>
internal sealed class OraclePositions : TracedLayer
{
    public override string Attribute => "Positions";

    protected override int[] OutputShape() => Input;

    protected override IEnumerable<OracleTensor> Store() => [OracleTensor.Bias("weight", Length(Input))];

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[][] inputs, IReadOnlyDictionary<string, Traced[]> stored) =>
        [.. inputs[0].Zip(stored["weight"], (x, position) => tape.Sum(x, position))];
}

/// <summary>Sines and cosines of the step, added to its features.</summary>
internal sealed class OracleSinusoidalPositions(double @base = 10000) : TracedLayer
{
    public override string Attribute => @base == 10000 ? "SinusoidalPositions" : $"SinusoidalPositions(Base = {@base})";

    protected override int[] OutputShape() => Input;

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[][] inputs, IReadOnlyDictionary<string, Traced[]> stored) =>
        [.. inputs[0].Zip(tape.Read(Enumerable.Range(0, Length(Input)).Select(i => Position(i / Input[1], i % Input[1]))), (x, position) => tape.Sum(x, position))];

    private double Position(int step, int feature)
    {
        double angle = step / Math.Pow(@base, (feature - (feature % 2)) / (double)Input[1]);
        return feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
    }
}
