using System.Diagnostics;
using NetGen.Benchmarks.Networks;

// Prints timestamps of the system's monotonic clock, which the process that started this one reads as well: on entry, after the
// first prediction, and after each of some more. The outputs' sum at the end keeps anyone from leaving a prediction out.
const int Predictions = 4;

Span<long> moments = stackalloc long[Predictions + 1];
moments[0] = Stopwatch.GetTimestamp();
var network = new LeNet(seed: 1);
var image = new float[LeNet.InputLength];
var scores = new float[LeNet.OutputLength];
image.AsSpan().Fill(0.5f);
for (int call = 1; call <= Predictions; call++)
{
    network.Predict(image, scores);
    moments[call] = Stopwatch.GetTimestamp();
}

float sum = 0;
foreach (float score in scores)
    sum += score;
foreach (long moment in moments)
    Console.Write($"{moment} ");
Console.WriteLine(BitConverter.SingleToInt32Bits(sum));
