using NetGen.Data;

namespace NetGen.Numerics.Tests.Training;

/// <summary>From a file of measurements to a model in a file that knows how to scale what it is asked.</summary>
public sealed class RealDataTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"netgen-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Irises_are_told_apart_in_every_fold_and_by_the_model_that_was_saved_with_its_scaler()
    {
        CsvData file = Csv.Read(
            Path.Combine(AppContext.BaseDirectory, "RealData", "iris.csv"), new CsvOptions { HasHeader = false, SkipLines = 1 });
        Assert.Equal((150, 4, 3), (file.Samples.Count, file.Samples.InputLength, file.Samples.ClassCount));

        int right = 0;
        foreach (Fold fold in file.Samples.Folds(5, seed: 1, stratify: true))
        {
            var scaler = FeatureScaler.Standardize(fold.Training);
            var model = new IrisNet(seed: 1);
            using var trainer = new Trainer<IrisNet>(model, new Adam(0.02f));
            TrainingHistory history = trainer.Fit(fold.Training.Scale(scaler), new FitOptions
            {
                Epochs = 40, BatchSize = 16, Validation = fold.Validation.Scale(scaler), Progress = null,
            });
            model.Save(_path, new ModelCard { ClassNames = ["setosa", "versicolor", "virginica"], InputScaling = scaler });

            Model<IrisNet> loaded = IrisNet.LoadFrom(_path);
            var sameScaler = new FeatureScaler(loaded.Card.InputScaling!);
            using var evaluation = new Trainer<IrisNet>(loaded.Network, new Sgd(0));
            EvaluationResult result = evaluation.Evaluate(fold.Validation.Scale(sameScaler), Metric.Accuracy);
            Assert.Equal(history.Epochs[^1].ValidationLoss, result.Loss);
            Assert.Equal(history.Epochs[^1]["accuracy"], result.Metrics[0].Value);
            Assert.Equal("virginica", loaded.ClassifyName([6.3f, 3.3f, 6.0f, 2.5f]));
            right += (int)Math.Round(result.Metrics[0].Value * fold.Validation.Count);
        }

        Assert.InRange(right, 141, 150);
    }
}

[Network, Input(4), Dense(12), Tanh, Dense(3), SoftmaxCrossEntropy]
public partial class IrisNet;
