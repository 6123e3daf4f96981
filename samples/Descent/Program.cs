using System.Globalization;
using Descent;
using NetGen;
using NetGen.Optimizers;
using Spectre.Console;

// What a gradient is, what descending it does, and how optimizers differ where it is difficult.
//
//   dotnet run -c Release --project samples/Descent [-- FILE.svg]

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;    // a file gets no colours

Heading("A gradient points uphill: f = x² + 3xy + y² + z³ at (1, 2, 3)");
var (height, byX, byY, byZ) = Hills.FWithGradient(1, 2, 3);                         // generated: (2x + 3y, 3x + 2y, 3z²)
double[] numeric = NumericGradient.Of(p => p[0] * p[0] + 3 * p[0] * p[1] + p[1] * p[1] + p[2] * p[2] * p[2], [1, 2, 3]);
Console.WriteLine($"derived by NetGen: f = {height}, gradient ({byX}, {byY}, {byZ})");
Console.WriteLine($"from differences:  gradient ({string.Join(", ", numeric.Select(d => $"{d:0.0000000000}"))})");

Heading("A step goes the other way: x² + y² + z² from (1, 2, 3)");
float[] point = [1, 2, 3];
var gradient = new float[3];
var descent = new Sgd(learningRate: 0.1f);
descent.Prepare(point.Length);
for (int step = 0; step <= 50; step++)
{
    if (step is 0 or 1 or 2 or 5 or 10 or 50)
        Console.WriteLine($"step {step,2}: ({point[0]:0.00000}, {point[1]:0.00000}, {point[2]:0.00000})  f = {point.Sum(p => p * p):g4}");
    for (int i = 0; i < 3; i++)
        gradient[i] = 2 * point[i];
    descent.BeginStep();
    descent.Update(point, gradient);
}

Heading("Second derivatives know how far: the banana valley (1 - x)² + 100 (y - x²)² from (-1.2, 1)");
Descend("L-BFGS", start => new Lbfgs().Minimize(Hills.BananaWithGradient, start));
Descend("conjugate gradients", start => new ConjugateGradient().Minimize(Hills.BananaWithGradient, start));
Descend("Newton, exact Hessian", start => new Newton().Minimize(Hills.BananaWithHessian, start));

Heading("A ravine is where optimizers differ: ½ (u² + 40 v²)");
Run[] runs =
[
    Ravine.Race("gradient descent", rate => new Sgd(rate)),
    Ravine.Race("momentum", rate => new Sgd(rate) { Momentum = 0.9f }),
    Ravine.Race("Nesterov", rate => new Sgd(rate) { Momentum = 0.9f, Nesterov = true }),
    Ravine.Race("AdaGrad", rate => new AdaGrad(rate)),
    Ravine.Race("AdaDelta", rate => new AdaDelta(rate)),
    Ravine.Race("RMSprop", rate => new RmsProp(rate)),
    Ravine.Race("Adam", rate => new Adam(rate)),
    Ravine.Race("AMSGrad", rate => new AmsGrad(rate)),
    Ravine.Race("NAdam", rate => new Nadam(rate)),
    Ravine.Race("RAdam", rate => new RAdam(rate)),
    Ravine.Race("AdaMax", rate => new AdaMax(rate)),
    Ravine.Race("Lion", rate => new Lion(rate)),
];
foreach (Run run in runs[..2])
    AnsiConsole.Write(new Panel(new Text(Pictures.Map(run))).Header($"{run.Name}, rate {run.Rate}").Padding(0, 0));

Console.WriteLine("Steps until the height stays below 0.001, each with the best of 15 learning rates:");
foreach (Run run in runs.OrderBy(run => run.Steps))
{
    string outcome = run.Arrived
        ? $"[green]{new string('━', run.Steps / 20 + 1)}[/] {run.Steps}"
        : $"[red]still at {run.Height:0.000} after {run.Steps}[/]";
    AnsiConsole.MarkupLine($"{run.Name,16}, {run.Rate,-5} {outcome}");
}

string file = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "descent.svg");
File.WriteAllText(file, Pictures.Svg(runs));
Run winner = runs.MinBy(run => run.Steps)!;
Console.WriteLine($"\npicture: {Path.GetRelativePath(".", file)}");
Console.WriteLine($"gradient: {string.Join(' ', numeric.Select(d => $"{d:0.######}"))}");
Console.WriteLine($"plain descent: {runs[0].Steps} steps, {winner.Name}: {winner.Steps}");

static void Descend(string name, Func<double[], MinimizationResult> minimize)
{
    double[] at = [-1.2, 1];
    MinimizationResult result = minimize(at);
    Console.WriteLine($"{name,22}: {result.Iterations,3} iterations to ({at[0]:0.000000}, {at[1]:0.000000})");
}

static void Heading(string text) => AnsiConsole.MarkupLineInterpolated($"\n[bold blue]{text}[/]");
