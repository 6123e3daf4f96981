using NetGen.Data;

namespace NetGen;

/// <content>What target values say to a loss is looked at for a whole data set, before the first step.</content>
public sealed partial class Trainer<TNetwork>
{
    private const int TargetsAtOnce = 4096;

    /// <summary>
    /// Refuses target values that mean nothing to a loss of classes, and from which it would learn something all the same: labels of -1 and 1 where
    /// probabilities are expected, or of 0 and 1 where signs are. What is no number is found by the step that meets it.
    /// </summary>
    private static void CheckTargetValues(Dataset samples, TargetCoding coding, string parameter)
    {
        IReadOnlyList<OutputDescription> judged = TNetwork.Description.Judged;
        // Behind the end of a sequence anything may stand.
        int[] terms = [.. Enumerable.Range(0, judged.Count)
            .Where(term => !coding.Given.AreClassIds(term) && judged[term].Lengths is null && Expected(judged[term].Meaning) is not null)];
        if (terms.Length == 0)
            return;
        samples.BeginEpoch(0);
        int room = Math.Min(TargetsAtOnce, samples.Count);
        var targets = new float[checked(room * samples.TargetLength)];
        var classes = new int[checked(room * samples.ClassLength)];
        for (int from = 0; from < samples.Count; from += room)
        {
            int[] indices = [.. Enumerable.Range(from, Math.Min(room, samples.Count - from))];
            samples.ReadCore(
                indices, [], targets.AsSpan(0, indices.Length * samples.TargetLength), classes.AsSpan(0, indices.Length * samples.ClassLength));
            for (int i = 0; i < indices.Length; i++)
            {
                foreach (int term in terms)
                {
                    OutputDescription output = judged[term];
                    foreach (float target in targets.AsSpan(i * samples.TargetLength + coding.Given.OffsetOf(term), output.Length))
                    {
                        if (!IsMeaningless(target, output.Meaning))
                            continue;
                        string which = judged.Count == 1 ? "" : $" for '{output.Name}'";
                        throw new ArgumentException(
                            FormattableString.Invariant($"The target of sample {indices[i]}{which} is {target}; ")
                            + $"{output.Loss} of {TNetwork.Description.Name} takes {Expected(output.Meaning)}."
                            + (output.StepLength == 1
                                ? $" {nameof(DatasetViews.ToClasses)}() makes class ids of labels, which every loss of two classes takes."
                                : ""),
                            parameter);
                    }
                }
            }
        }
    }

    private static string? Expected(OutputMeaning meaning) => meaning switch
    {
        OutputMeaning.Logits => "0 and 1, or probabilities between them",
        OutputMeaning.Margins => "-1 and 1",
        OutputMeaning.ClassLogits => "a probability per class",
        _ => null,
    };

    private static bool IsMeaningless(float target, OutputMeaning meaning) => meaning switch
    {
        OutputMeaning.Logits => target is < 0 or > 1,
        OutputMeaning.Margins => target is 0 or < -1 or > 1,
        _ => target < 0,
    };
}
