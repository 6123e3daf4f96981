namespace NetGen.Numerics.Tests.Oracle;

internal enum RecurrentKind
{
    Rnn,
    Lstm,
    Gru,
}

/// <summary>A recurrent layer, as PyTorch defines it: [time, features] to [time, units], or twice the units in both directions.</summary>
internal sealed class OracleRecurrent(RecurrentKind kind, int units, int layers = 1, bool isBidirectional = false, bool hasBias = true) : TracedLayer
{
    public override string Attribute =>
        $"{kind}({units}{(layers > 1 ? $", Layers = {layers}" : "")}{(isBidirectional ? ", Bidirectional = true" : "")}{(hasBias ? "" : ", Bias = false")})";

    private int Gates => kind switch { RecurrentKind.Rnn => 1, RecurrentKind.Lstm => 4, _ => 3 };

    private int Directions => isBidirectional ? 2 : 1;

    protected override int[] OutputShape() => [Input[0], units * Directions];

    protected override IEnumerable<OracleTensor> Store()
    {
        foreach ((string suffix, int inputs) in Runs().Select(run => (run.Suffix, run.Inputs)))
        {
            yield return OracleTensor.Weight($"weight_ih_{suffix}", Gates * units * inputs, inputs);
            yield return OracleTensor.Weight($"weight_hh_{suffix}", Gates * units * units, units);
            if (!hasBias)
                continue;
            yield return OracleTensor.Bias($"bias_ih_{suffix}", Gates * units);
            yield return OracleTensor.Bias($"bias_hh_{suffix}", Gates * units);
        }
    }

    private IEnumerable<(string Suffix, int Inputs, int Layer, bool IsReversed)> Runs() => Enumerable.Range(0, layers).SelectMany(layer =>
        Enumerable.Range(0, Directions).Select(direction => (
            $"l{layer}{(direction == 1 ? "_reverse" : "")}", layer == 0 ? Input[1] : units * Directions, layer, direction == 1)));

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[] x, IReadOnlyDictionary<string, Traced[]> stored)
    {
        Traced[][] sequence = [.. x.Chunk(Input[1])];
        foreach (var layer in Runs().GroupBy(run => run.Layer))
        {
            Traced[][][] directions = [.. layer.Select(run => Run(tape, sequence, run.Suffix, run.IsReversed, stored))];
            sequence = [.. sequence.Select((_, t) => directions.SelectMany(direction => direction[t]).ToArray())];
        }

        return [.. sequence.SelectMany(step => step)];
    }

    private Traced[][] Run(Tape tape, Traced[][] sequence, string suffix, bool isReversed, IReadOnlyDictionary<string, Traced[]> stored)
    {
        Traced[] zeros = tape.Read(new double[units]);
        (Traced[] hidden, Traced[] cell) = (zeros, zeros);
        var states = new Traced[sequence.Length][];
        for (int i = 0; i < sequence.Length; i++)
        {
            int t = isReversed ? sequence.Length - 1 - i : i;
            Traced[] input = Products(tape, sequence[t], stored, $"ih_{suffix}"), recurrent = Products(tape, hidden, stored, $"hh_{suffix}");
            (hidden, cell) = Step(tape, input, recurrent, hidden, cell);
            states[t] = hidden;
        }

        return states;
    }

    private Traced[] Products(Tape tape, Traced[] x, IReadOnlyDictionary<string, Traced[]> stored, string role) =>
    [
        .. stored[$"weight_{role}"].Chunk(x.Length).Select((row, n) => tape.Dot(row, x, hasBias ? stored[$"bias_{role}"][n] : null)),
    ];

    private (Traced[] Hidden, Traced[] Cell) Step(Tape tape, Traced[] input, Traced[] recurrent, Traced[] hidden, Traced[] cell)
    {
        Traced Gate(int gate, int n) => tape.Sum(input[(gate * units) + n], recurrent[(gate * units) + n]);
        int[] all = [.. Enumerable.Range(0, units)];
        switch (kind)
        {
            case RecurrentKind.Rnn:
                return ([.. all.Select(n => tape.Tanh(Gate(0, n)))], cell);
            case RecurrentKind.Lstm:
                Traced[] next = [.. all.Select(n => tape.Sum(
                    tape.Product(tape.Sigmoid(Gate(1, n)), cell[n]), tape.Product(tape.Sigmoid(Gate(0, n)), tape.Tanh(Gate(2, n)))))];
                return ([.. all.Select(n => tape.Product(tape.Sigmoid(Gate(3, n)), tape.Tanh(next[n])))], next);
            default:
                return ([.. all.Select(n =>
                {
                    Traced reset = tape.Sigmoid(Gate(0, n)), update = tape.Sigmoid(Gate(1, n));
                    Traced candidate = tape.Tanh(tape.Sum(input[(2 * units) + n], tape.Product(reset, recurrent[(2 * units) + n])));
                    return tape.Sum(candidate, tape.Product(update, tape.Sum(hidden[n], tape.Scaled(candidate, -1))));
                })], cell);
        }
    }
}

/// <summary>What is made of all steps: [time, features] to [features].</summary>
internal sealed class OracleOverTime(string attribute) : TracedLayer
{
    public override string Attribute => attribute;

    public override bool IsModule => false;

    protected override int[] OutputShape() => [Input[1]];

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[] x, IReadOnlyDictionary<string, Traced[]> stored)
    {
        Traced[][] steps = [.. x.Chunk(Input[1])];
        return attribute switch
        {
            "LastStep" => steps[^1],
            "FirstStep" => steps[0],
            "MeanOverTime" => [.. steps[0].Select((_, f) => tape.Scaled(tape.Sum(steps.Select(step => step[f])), 1.0 / steps.Length))],
            "MaxOverTime" => [.. steps[0].Select((_, f) => tape.Largest([.. steps.Select(step => step[f])]))],
            _ => throw new InvalidOperationException(attribute),
        };
    }
}

/// <summary>A dense layer at each step.</summary>
internal sealed class OracleDenseSteps(int units) : TracedLayer
{
    public override string Attribute => $"Dense({units})";

    protected override int[] OutputShape() => [Input[0], units];

    protected override IEnumerable<OracleTensor> Store() =>
        [OracleTensor.Weight("weight", units * Input[1], Input[1]), OracleTensor.Bias("bias", units)];

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[] x, IReadOnlyDictionary<string, Traced[]> stored) =>
    [
        .. x.Chunk(Input[1]).SelectMany(step => stored["weight"].Chunk(Input[1]).Select((row, n) => tape.Dot(row, step, stored["bias"][n]))),
    ];
}

/// <summary>Attention of several heads, as PyTorch's <c>MultiheadAttention</c> of a sequence with itself.</summary>
internal sealed class OracleAttention(int heads, bool isCausal) : TracedLayer
{
    public override string Attribute => $"MultiHeadAttention({heads}{(isCausal ? ", Causal = true" : "")})";

    protected override int[] OutputShape() => Input;

    protected override IEnumerable<OracleTensor> Store()
    {
        int features = Input[1];
        yield return OracleTensor.Weight("in_proj_weight", 3 * features * features, features);
        yield return OracleTensor.Bias("in_proj_bias", 3 * features);
        yield return OracleTensor.Weight("out_proj.weight", features * features, features);
        yield return OracleTensor.Bias("out_proj.bias", features);
    }

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[] x, IReadOnlyDictionary<string, Traced[]> stored)
    {
        (int features, int size) = (Input[1], Input[1] / heads);
        Traced[][] steps = [.. x.Chunk(features)];
        Traced[][] projected = [.. steps.Select(step => Product(step, "in_proj_weight", "in_proj_bias"))];
        var context = new List<Traced[]>();
        for (int t = 0; t < steps.Length; t++)
        {
            var joined = new List<Traced>();
            for (int h = 0; h < heads; h++)
            {
                int[] seen = [.. Enumerable.Range(0, isCausal ? t + 1 : steps.Length)];
                Traced[] scores = [.. seen.Select(s => tape.Scaled(tape.Dot(Part(t, 0, h), Part(s, 1, h)), 1 / Math.Sqrt(size)))];
                Traced[] weights = tape.Softmax(scores);
                joined.AddRange(Enumerable.Range(0, size).Select(d => tape.Dot(weights, seen.Select(s => Part(s, 2, h)[d]))));
            }

            context.Add(Product([.. joined], "out_proj.weight", "out_proj.bias"));
        }

        return [.. context.SelectMany(step => step)];

        Traced[] Product(Traced[] step, string weight, string bias) =>
            [.. stored[weight].Chunk(features).Select((row, n) => tape.Dot(row, step, stored[bias][n]))];

        // Queries, keys or values of a head.
        Traced[] Part(int step, int part, int head) => projected[step][((part * features) + (head * size))..((part * features) + ((head + 1) * size))];
    }
}
