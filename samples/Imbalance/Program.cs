using System.CommandLine;
using System.Globalization;
using Imbalance;
using NetGen.Data;
using NetGen.Metrics;
using Spectre.Console;

// What accuracy hides where one sample in forty is the one that matters, and what class weights, sampling, SMOTE and the focal
// loss do about it.
//
//   dotnet run -c Release --project samples/Imbalance                       made-up samples
//   dotnet run -c Release --project samples/Imbalance -- --data FILE        mammography.csv
//
// The mammography data set (K. Woods et al., "Comparative Evaluation of Pattern Recognition Techniques for Detection of
// Microcalcifications in Mammography", 1993) is number 310 at OpenML; as the file wanted here, six numbers and '-1' or '1' per
// line, it is in the GitHub repository jbrownlee/Datasets. It has no licence that would let it be part of this sample.

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;    // scripts read the last lines

var file = new Option<string?>("--data")
{
    Description = "mammography.csv: six numbers and '-1' or '1' per line [default: made-up samples in the same proportions]",
};
var command = new RootCommand("Finds the rare class.") { file };
command.SetAction(arguments =>
{
    try
    {
        string? path = arguments.GetValue(file);
        Dataset all = path is null ? Spots.MakeUp(seed: 1) : Spots.Read(path);
        if (path is null)
            Console.WriteLine("Made-up samples in the proportions of the mammography data set; --data FILE takes the real ones.");
        Compare(all, path is null ? "rare ones" : "calcifications");
        return 0;
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Compare(Dataset all, string those)
{
    // Both parts have the same share of the rare class; what the scaler and the samplers see is the training part alone.
    var (first, second) = all.Split(0.6, seed: 1, stratify: true);
    var scaler = FeatureScaler.Standardize(first);
    Dataset train = first.Scale(scaler).ToMemory(), test = second.Scale(scaler).ToMemory();
    int[] counts = train.CountClasses();
    float[] weights = train.BalancedClassWeights();
    int rare = test.CountClasses()[1];
    Console.WriteLine($"{train.Count:N0} samples to learn from, {counts[1]} {those} among them; {test.Count:N0} others to be tested");
    Console.WriteLine($"on, {rare} {those} among them. Class weights: {weights[0]:0.00} and {weights[1]:0.0}.");

    var comparison = new Comparison(train, test, steps: 3000);
    comparison.AddNobody();
    Predictions plain = comparison.Add("plain", new Detector(seed: 1), train);
    comparison.AddThreshold("plain, moved threshold", plain);
    comparison.Add("class weights", new Detector(seed: 1), train.WeightClasses(weights));
    comparison.Add("over-sampling", new Detector(seed: 1), train.OverSample(seed: 1));
    comparison.Add("under-sampling", new Detector(seed: 1), train.UnderSample(seed: 1));
    comparison.Add("SMOTE", new Detector(seed: 1), Smote.Apply(train, seed: 1));
    comparison.Add("focal loss", new FocalDetector(seed: 1), train);

    Metric[] metrics =
[
    Metric.Accuracy, Metric.Precision(Averaging.Binary), Metric.Recall(Averaging.Binary), Metric.F1(Averaging.Binary), Metric.RocAuc,
];
    string[] headings = ["accuracy", "precision", "recall", "F1", "ROC AUC"];
    var table = new Table().Border(TableBorder.Rounded).AddColumn("");
    foreach (string heading in headings)
        table.AddColumn(new TableColumn(heading).RightAligned());
    foreach (var (name, predictions) in comparison.Results)
        table.AddRow([name, .. metrics.Select(metric => $"{metric.Compute(predictions):0.000}")]);
    AnsiConsole.Write(table);

    var areas = comparison.Results.Skip(1).Select(result => Metric.RocAuc.Compute(result.Predictions)).ToArray();
    Console.WriteLine($"Of {rare} {those} the plain network finds {Found("plain")}.");
    Console.WriteLine($"With class weights it finds {Found("class weights")}.");
    Console.WriteLine($"Areas under the curve of {areas.Min():0.000} to {areas.Max():0.000} say that all networks order the samples");
    Console.WriteLine("about equally well: mostly, the methods move the line between no and yes, which");
    Console.WriteLine("can be done after training as well.");
    Console.WriteLine();
    foreach (var (name, predictions) in comparison.Results)
    {
        Console.WriteLine(
            $"{name}: " + string.Join(", ", metrics.Zip(headings, (metric, heading) => $"{heading} {metric.Compute(predictions):0.000}")));
    }

    string Found(string name)
    {
        var matrix = new ConfusionMatrix(comparison.Results.Single(result => result.Name == name).Predictions);
        return $"{matrix[1, 1]}, and takes {matrix[0, 1]} others for one";
    }
}
