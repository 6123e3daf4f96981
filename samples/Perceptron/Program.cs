using System.Globalization;
using NetGen;
using NetGen.Optimizers;
using Perceptron;
using Spectre.Console;

// What one neuron can learn, AND and OR, what it cannot, XOR, and how a hidden layer helps.
//
//   dotnet run -c Release --project samples/Perceptron

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;    // a file gets no colours
float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];                    // the four pairs, one after the other
float[] and = [0, 0, 0, 1];
float[] or = [0, 1, 1, 1];
float[] xor = [0, 1, 1, 0];

Console.WriteLine("One neuron says yes on one side of a line. The corners of each square are the");
Console.WriteLine("four inputs; █ is where the network says yes, · no, and ▒ where it cannot tell.");
Learn("and", new Neuron(seed: 1), and);
Learn("or", new Neuron(seed: 1), or);
Learn("xor", new Neuron(seed: 1), xor);
Console.WriteLine("\nNo line has (0,1) and (1,0) on one side and (0,0) and (1,1) on the other. The");
Console.WriteLine("best a neuron can do is to say 1/2 everywhere, at a loss of ln 2 = 0.693. Two");
Console.WriteLine("lines would do: a hidden layer.");
Learn("xor with a hidden layer", new HiddenLayer(seed: 1), xor);

void Learn<TNetwork>(string name, TNetwork model, float[] wanted) where TNetwork : class, ITrainableNetwork<TNetwork>
{
    using var trainer = new Trainer<TNetwork>(model, new Adam(learningRate: 0.05f));
    float loss = 0;
    for (int step = 0; step < 1000; step++)
        loss = trainer.Step(inputs, wanted);

    AnsiConsole.MarkupLineInterpolated($"\n[bold blue]{name}[/]");
    var table = new Table().Border(TableBorder.Rounded).AddColumns("inputs", "wanted", "network says");
    int right = 0;
    for (int i = 0; i < wanted.Length; i++)
    {
        float probability = Ask(model, inputs[2 * i], inputs[2 * i + 1]);
        bool isRight = MathF.Abs(probability - wanted[i]) < 0.4f;    // 1/2 is no answer
        right += isRight ? 1 : 0;
        table.AddRow($"{inputs[2 * i]}, {inputs[2 * i + 1]}", $"{wanted[i]}", $"[{(isRight ? "green" : "red")}]{probability:0.000}[/]");
    }

    AnsiConsole.Write(new Columns(table, new Panel(Plane(model)).Header("0 ≤ x ≤ 1, 0 ≤ y ≤ 1")) { Expand = false });
    Console.WriteLine($"{name}: {right} of 4 right, loss {loss:0.000}");
}

// The network's output is a logit, as its loss wants it; the sigmoid makes a probability of it.
static float Ask<TNetwork>(TNetwork model, float x, float y) where TNetwork : class, ITrainableNetwork<TNetwork>
{
    Span<float> logit = stackalloc float[1];
    model.Predict([x, y], logit);
    return 1 / (1 + MathF.Exp(-logit[0]));
}

static string Plane<TNetwork>(TNetwork model) where TNetwork : class, ITrainableNetwork<TNetwork>
{
    const int Columns = 24, Rows = 7;
    var rows = Enumerable.Range(0, Rows).Select(row => string.Concat(Enumerable.Range(0, Columns).Select(column =>
        Ask(model, column / (Columns - 1f), 1 - row / (Rows - 1f)) switch
        {
            > 0.6f => '█',
            < 0.4f => '·',
            _ => '▒',
        })));
    return string.Join('\n', rows);
}
