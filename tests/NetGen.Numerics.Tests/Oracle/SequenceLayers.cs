namespace NetGen.Numerics.Tests.Oracle;

internal enum RecurrentKind
{
    Rnn,
    Lstm,
    Gru,

    /// <summary>The reset gate acts on the state before the product, as in Keras' <c>reset_after=False</c>.</summary>
    GruResetBefore,
}

/// <summary>
/// A recurrent layer, as PyTorch defines it: [time, features] to [time, units], or twice the units in both directions. Further inputs are the state and, of an
/// LSTM, the cell that it begins with.
/// </summary>
internal sealed class OracleRecurrent(
    RecurrentKind kind, int units, int layers = 1, bool isBidirectional = false, bool hasBias = true, int? truncation = null) : TracedLayer
{
    public override string Attribute => $"{Written(kind)}({string.Join(", ", ((string?[])
    [
        $"{units}",
        kind == RecurrentKind.GruResetBefore ? "ResetAfter = false" : null,
        layers > 1 ? $"Layers = {layers}" : null,
        isBidirectional ? "Bidirectional = true" : null,
        hasBias ? null : "Bias = false",
        truncation is null ? null : $"Truncation = {truncation}",
    ]).OfType<string>())})";

    public int Units => units;

    private int Gates => OracleStep.GatesOf(kind);

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

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[][] inputs, IReadOnlyDictionary<string, Traced[]> stored)
    {
        Traced[][] sequence = [.. inputs[0].Chunk(Input[1])];
        foreach (var layer in Runs().GroupBy(run => run.Layer))
        {
            Traced[][][] directions = [.. layer.Select(run => Run(tape, sequence, [.. inputs[1..]], run.Suffix, run.IsReversed, stored))];
            sequence = [.. sequence.Select((_, t) => directions.SelectMany(direction => direction[t]).ToArray())];
        }

        return [.. sequence.SelectMany(step => step)];
    }

    private Traced[][] Run(
        Tape tape, Traced[][] sequence, Traced[][] start, string suffix, bool isReversed, IReadOnlyDictionary<string, Traced[]> stored)
    {
        Traced[] zeros = tape.Read(new double[units]);
        (Traced[] hidden, Traced[] cell) = (start.ElementAtOrDefault(0) ?? zeros, start.ElementAtOrDefault(1) ?? zeros);
        var states = new Traced[sequence.Length][];
        for (int i = 0; i < sequence.Length; i++)
        {
            int t = isReversed ? sequence.Length - 1 - i : i;
            // Steps k, 2k, ... begin windows, whichever way one goes.
            if (truncation is { } window && i > 0 && (isReversed ? t + 1 : t) % window == 0)
                (hidden, cell) = (tape.Cut(this, $"hidden {suffix} at {t}", hidden), tape.Cut(this, $"cell {suffix} at {t}", cell));
            (hidden, cell) = OracleStep.Take(
                tape, kind, OracleStep.Products(tape, sequence[t], stored, $"ih_{suffix}"), state => OracleStep.Products(tape, state, stored, $"hh_{suffix}"), hidden, cell);
            states[t] = hidden;
        }

        return states;
    }

    private static string Written(RecurrentKind kind) => kind == RecurrentKind.GruResetBefore ? "Gru" : $"{kind}";
}

/// <summary>One step of a recurrent layer, alone: PyTorch's cells. Its inputs are the features, the state and, of an LSTM, the cell.</summary>
internal sealed class OracleRecurrentCell(RecurrentKind kind, int units, bool hasBias = true) : TracedLayer
{
    public override string Attribute => kind == RecurrentKind.GruResetBefore
        ? $"GruCell({units}, ResetAfter = false{(hasBias ? "" : ", Bias = false")})"
        : $"{kind}Cell({units}{(hasBias ? "" : ", Bias = false")})";

    protected override int[] OutputShape() => [units];

    protected override IEnumerable<OracleTensor> Store()
    {
        int gates = OracleStep.GatesOf(kind);
        yield return OracleTensor.Weight("weight_ih", gates * units * Input[0], Input[0]);
        yield return OracleTensor.Weight("weight_hh", gates * units * units, units);
        if (!hasBias)
            yield break;
        yield return OracleTensor.Bias("bias_ih", gates * units);
        yield return OracleTensor.Bias("bias_hh", gates * units);
    }

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[][] inputs, IReadOnlyDictionary<string, Traced[]> stored)
    {
        Traced[] zeros = tape.Read(new double[units]);
        return OracleStep.Take(
            tape, kind, OracleStep.Products(tape, inputs[0], stored, "ih"), state => OracleStep.Products(tape, state, stored, "hh"),
            inputs.ElementAtOrDefault(1) ?? zeros, inputs.ElementAtOrDefault(2) ?? zeros).Hidden;
    }
}

/// <summary>What a step makes of the products of the features, the state and the cell.</summary>
internal static class OracleStep
{
    public static int GatesOf(RecurrentKind kind) => kind switch { RecurrentKind.Rnn => 1, RecurrentKind.Lstm => 4, _ => 3 };

    public static Traced[] Products(Tape tape, Traced[] x, IReadOnlyDictionary<string, Traced[]> stored, string role) =>
    [
        .. stored[$"weight_{role}"].Chunk(x.Length).Select((row, n) => tape.Dot(row, x, stored.TryGetValue($"bias_{role}", out Traced[]? bias) ? bias[n] : null)),
    ];

    public static (Traced[] Hidden, Traced[] Cell) Take(
        Tape tape, RecurrentKind kind, Traced[] input, Func<Traced[], Traced[]> ofState, Traced[] hidden, Traced[] cell)
    {
        int units = hidden.Length;
        int[] all = [.. Enumerable.Range(0, units)];
        Traced[] recurrent = ofState(hidden);
        Traced Gate(int gate, int n) => tape.Sum(input[(gate * units) + n], recurrent[(gate * units) + n]);
        switch (kind)
        {
            case RecurrentKind.Rnn:
                return ([.. all.Select(n => tape.Tanh(Gate(0, n)))], cell);
            case RecurrentKind.Lstm:
                Traced[] next = [.. all.Select(n => tape.Sum(
                    tape.Product(tape.Sigmoid(Gate(1, n)), cell[n]), tape.Product(tape.Sigmoid(Gate(0, n)), tape.Tanh(Gate(2, n)))))];
                return ([.. all.Select(n => tape.Product(tape.Sigmoid(Gate(3, n)), tape.Tanh(next[n])))], next);
            default:
                Traced[] resets = [.. all.Select(n => tape.Sigmoid(Gate(0, n)))];
                Traced[] rest = kind == RecurrentKind.Gru
                    ? [.. all.Select(n => tape.Product(resets[n], recurrent[(2 * units) + n]))]
                    : ofState([.. all.Select(n => tape.Product(resets[n], hidden[n]))])[(2 * units)..];
                return ([.. all.Select(n =>
                {
                    Traced update = tape.Sigmoid(Gate(1, n)), candidate = tape.Tanh(tape.Sum(input[(2 * units) + n], rest[n]));
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

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[][] inputs, IReadOnlyDictionary<string, Traced[]> stored)
    {
        Traced[][] steps = [.. inputs[0].Chunk(Input[1])];
        return attribute switch
        {
            "LastStep" => steps[^1],
            "FirstStep" => steps[0],
            "MeanOverTime" => [.. steps[0].Select((_, f) => tape.Scaled(tape.Sum([.. steps.Select(step => step[f])]), 1.0 / steps.Length))],
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

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[][] inputs, IReadOnlyDictionary<string, Traced[]> stored) =>
    [
        .. inputs[0].Chunk(Input[1]).SelectMany(step => stored["weight"].Chunk(Input[1]).Select((row, n) => tape.Dot(row, step, stored["bias"][n]))),
    ];
}
