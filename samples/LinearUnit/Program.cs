using System.Globalization;
using LinearUnit;
using NetGen;
using NetGen.Optimizers;
using Spectre.Console;

// The smallest network there is: salary = weight · years + bias, found by gradient descent, and compared with the answer
// that this one problem happens to have in closed form.
//
//   dotnet run -c Release --project samples/LinearUnit

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;    // a file gets no colours
float[] years = [5, 3, 8, 1.4f, 10.1f];
float[] salaries = [5500, 2300, 7600, 1800, 11400];

var model = new Salary(seed: 1);
using var trainer = new Trainer<Salary>(model, new Sgd(learningRate: 0.02f));

AnsiConsole.MarkupLine("[bold blue]Each step goes against the gradient of the mean squared error[/]");
var table = new Table().Border(TableBorder.Rounded).AddColumns("step", "weight", "bias", "error (root of the mean square)");
foreach (var column in table.Columns)
    column.RightAligned();
for (int step = 0; step <= 2000; step++)
{
    bool isShown = step is 0 or 1 or 2 or 5 or 10 or 50 or 200 or 1000 or 2000;
    float weight = model.Parameters["0.weight"][0, 0], bias = model.Parameters["0.bias"][0];
    float loss = trainer.Step(years, salaries);               // all five samples at once: full-batch descent
    if (isShown)
        table.AddRow($"{step}", $"{weight:0.000}", $"{bias:0.000}", $"{MathF.Sqrt(loss):0.0}");
}

AnsiConsole.Write(table);

// The normal equations: weight = cov(x, y) / var(x), bias = mean(y) − weight · mean(x).
double meanYears = years.Average(), meanSalary = salaries.Average();
double exactWeight = years.Zip(salaries, (x, y) => (x - meanYears) * (y - meanSalary)).Sum()
    / years.Sum(x => (x - meanYears) * (x - meanYears));
double exactBias = meanSalary - exactWeight * meanYears;

AnsiConsole.MarkupLine("\n[bold blue]What it says[/]");
var answers = new Table().Border(TableBorder.Rounded).AddColumns("years", "paid", "it says");
foreach (var column in answers.Columns)
    column.RightAligned();
Span<float> salary = stackalloc float[1];
for (int i = 0; i < years.Length; i++)
{
    model.Predict(years.AsSpan(i, 1), salary);
    answers.AddRow($"{years[i]}", $"{salaries[i]}", $"{salary[0]:0}");
}

AnsiConsole.Write(answers);
model.Predict([6], salary);
Console.WriteLine($"closed form: {exactWeight:0.0} per year + {exactBias:0.0}");
Console.WriteLine($"learned: {model.Parameters["0.weight"][0, 0]:0.0} per year + {model.Parameters["0.bias"][0]:0.0}");
Console.WriteLine($"6 years: {salary[0]:0}");
