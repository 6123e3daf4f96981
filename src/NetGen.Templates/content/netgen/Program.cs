using FirstNetwork;
using NetGen;
using NetGen.Data;
using NetGen.Optimizers;

// The data: four lengths in centimetres and the species, for 150 flowers. A fifth of them is kept to test with.
CsvData flowers = Csv.Read(Path.Combine(AppContext.BaseDirectory, "iris.csv"));
var (train, test) = flowers.Samples.Split(0.8, seed: 1, stratify: true);

// The training, with its progress in the terminal.
var model = new FlowerNet(seed: 42);
using var trainer = new Trainer<FlowerNet>(model, new Adam(learningRate: 0.01f));
trainer.Fit(train, new FitOptions { Epochs = 40, BatchSize = 16, Validation = test });

// The result is a file that any program can load: one that only predicts needs no more than the package NetGen.Core.
model.Save("flowers.safetensors");
var loaded = new FlowerNet();
loaded.Load("flowers.safetensors");

int species = loaded.Classify([5.9f, 3.0f, 5.1f, 1.8f]);
Console.WriteLine($"A flower with sepals of 5.9 by 3.0 and petals of 5.1 by 1.8 cm: {flowers.ClassNames[species]}.");
