using System.Globalization;

namespace NetGen;

/// <summary>A checkpoint that was read and found to be whole: nothing that could be known to be wrong with it is left.</summary>
/// <param name="Parameters">The values of each parameter tensor.</param>
/// <param name="Optimizer">The optimizer's state.</param>
/// <param name="Steps">The trainer's updates.</param>
/// <param name="Progress">How far the run had come.</param>
/// <param name="LearningRate">The optimizer's rate at the time.</param>
/// <param name="GivenRate">The rate that the optimizer had when the run began, or was given when it last went on.</param>
/// <param name="Epochs">The history.</param>
/// <param name="Callbacks">The state of each callback that remembers something.</param>
/// <param name="EndsAsBefore">Whether what decides about the end is as it was.</param>
internal sealed record Checkpoint(
    IReadOnlyList<(ParameterDescription Parameter, float[] Elements)> Parameters,
    OptimizerState Optimizer,
    long Steps,
    FitProgress Progress,
    float LearningRate,
    float GivenRate,
    IReadOnlyList<EpochRecord> Epochs,
    IReadOnlyList<IReadOnlyDictionary<string, double[]>> Callbacks,
    bool EndsAsBefore);

/// <summary>How checkpoint files are laid out.</summary>
/// <remarks>
/// They are safetensors with the parameters under their own names, so that any tool that reads weights reads them, and with tensors beside them whose
/// names begin with <see cref="ParameterSearch.NotesPrefix"/>. The optimizer's and callbacks' blocks are kept as they lie in memory, doubles as
/// their bits in integers. The checksum is over everything else in the file.
/// </remarks>
internal static class CheckpointFormat
{
    internal const string Version = "netgen checkpoint 4";
    internal const string FormatKey = "format";
    internal const string BlockKey = "block";
    internal const string RunPrefix = "run: ";
    internal const string EndPrefix = "end: ";
    internal const string Position = ParameterSearch.NotesPrefix + "position";
    internal const string Sums = ParameterSearch.NotesPrefix + "sums";
    internal const string History = ParameterSearch.NotesPrefix + "history";
    internal const string OptimizerPrefix = ParameterSearch.NotesPrefix + "optimizer/";

    /// <summary>The numbers of an epoch's record beside its metrics.</summary>
    internal const int RecordWidth = 8;

    internal static string Callback(int index) => FormattableString.Invariant($"{ParameterSearch.NotesPrefix}callback/{index}/");

    internal static string MetricKey(int index) => FormattableString.Invariant($"metric {index}");

    internal static string BlockLength(NetworkDescription network) => network.ParameterBlockLength.ToString(CultureInfo.InvariantCulture);

    internal static double[] ToDoubles(long[] bits) => Array.ConvertAll(bits, BitConverter.Int64BitsToDouble);

    internal static long[] ToBits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);

    /// <summary>The callbacks that remember something, whose places in the list are those of their states.</summary>
    internal static IEnumerable<TrainingCallback> Remembering(IEnumerable<TrainingCallback> callbacks) =>
        callbacks.Where(callback => callback.Identity.Length > 0);
}
